/** Where in the form each of the server's paths stands. */
import type { ProblemDetail } from '../../data/client.ts'
import { isWithin } from './path.ts'

/** What is folded away; each shows a line that says what is set in it. */
export const folds = {
  auth: ['request.auth'],
  headers: ['request.headers'],
  signing: ['delivery.signing'],
  retries: ['delivery.retry', 'delivery.expires_s'],
  pace: ['delivery.timeout_s', 'delivery.slots', 'delivery.rate_per_s', 'delivery.order'],
  firing: ['fire', 'limits', 'delay_s'],
  hours: ['active_hours'],
  off: ['delivery.disable_after_s', 'delivery.disable_after_failures', 'delivery.on_gone'],
} as const

export type Fold = keyof typeof folds
const foldNames = Object.keys(folds) as Fold[]

/** The fold in which a path stands; null where it is always in view. */
export function foldOf(path: string): Fold | null {
  return foldNames.find((fold) => folds[fold].some((place) => isWithin(path, place))) ?? null
}

/** Fields by their path, the inner ones before those that hold them; each is a key of the form's words `field.*`. */
const fields = {
  name: 'name',
  description: 'description',
  events: 'events',
  scope: 'scope',
  entering: 'entering',
  conditions: 'conditions',
  fire: 'fire',
  'limits.per_record': 'perRecord',
  'limits.min_interval_s': 'minInterval',
  limits: 'limits',
  delay_s: 'delay',
  'active_hours.days': 'days',
  'active_hours.from': 'from',
  'active_hours.to': 'to',
  'active_hours.time_zone': 'timeZone',
  active_hours: 'hours',
  'request.method': 'method',
  'request.url': 'url',
  'request.headers': 'headers',
  'request.auth.username': 'username',
  'request.auth.password': 'password',
  'request.auth.token': 'token',
  'request.auth.name': 'headerName',
  'request.auth.value': 'headerValue',
  'request.auth': 'auth',
  'request.format': 'format',
  'request.options': 'options',
  'delivery.retry': 'retry',
  'delivery.timeout_s': 'timeout',
  'delivery.slots': 'slots',
  'delivery.rate_per_s': 'rate',
  'delivery.order': 'order',
  'delivery.expires_s': 'expires',
  'delivery.disable_after_s': 'disableAfter',
  'delivery.disable_after_failures': 'disableAfterFailures',
  'delivery.on_gone': 'onGone',
  'delivery.signing': 'signing',
} as const

export type FieldKey = (typeof fields)[keyof typeof fields]

export interface FieldPlace {
  key: FieldKey
  /** What follows behind the field's own path: `params[0].name`. */
  inside: string
  /** The row of a list that is meant, from 1. */
  row: number | null
}

/** Which field of the form a path means. */
export function fieldAt(path: string): FieldPlace | null {
  for (const [place, key] of Object.entries(fields)) {
    if (!isWithin(path, place)) continue
    const inside = path.slice(place.length).replace(/^\./, '')
    // Rows of conditions are found by looking, not by counting: groups have rows of their own.
    const index = key === 'conditions' ? undefined : /\[(\d+)\]/.exec(inside)?.[1]
    return { key, inside, row: index === undefined ? null : Number(index) + 1 }
  }
  return null
}

/** A mistake put where the user can mend it. */
export function placed(problem: ProblemDetail): ProblemDetail {
  // "Entering" is asked for only beside a place, and it is the place that is missing.
  return problem.path === 'entering' && problem.code === 'needs_scope'
    ? { ...problem, path: 'scope' }
    : problem
}

/** The places to look for, from the path itself outwards: `a.b[0].c`, `a.b[0]`, `a.b`, `a`. */
export function outwards(path: string): string[] {
  const found: string[] = []
  for (let at = path; at !== ''; at = at.replace(/(?:\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '')) {
    if (found.includes(at)) break
    found.push(at)
  }
  return found
}
