import { type Delivery, isSettled } from '../../data/deliveries.ts'
import type { ActiveHours, Webhook } from '../../data/webhooks.ts'

/** What happens next to a delivery, and why not now; as far as the API tells it. `at` and `until` are ISO. */
export type NextStep =
  | { step: 'settled' }
  | { step: 'sending' }
  /** Its webhook is disabled or deleted: it is canceled in a moment. */
  | { step: 'off' }
  | { step: 'paused' }
  /** An earlier delivery of the same record goes first. */
  | { step: 'order'; first: Delivery }
  /** The receiver asked to wait. */
  | { step: 'blocked'; until: string }
  /** The receiver failed repeatedly; single trials are sent until one succeeds. */
  | { step: 'circuit'; until: string | null }
  | { step: 'hours'; at: string; hours: ActiveHours }
  /** Never tried, and not due yet. */
  | { step: 'delay'; at: string }
  | { step: 'retry'; at: string }
  /** Due: it waits for a free slot, or for the rate. */
  | { step: 'turn'; ratePerS: number | null }

type Sender = Pick<Webhook, 'status' | 'active_hours' | 'delivery' | 'health'>

/** `webhook` is null where it was deleted; `line` are the unsettled deliveries of the same webhook and record. */
export function nextStep(
  delivery: Delivery,
  webhook: Sender | null,
  line: readonly Delivery[],
  now: number,
): NextStep {
  if (isSettled(delivery)) return { step: 'settled' }
  if (delivery.state === 'sending') return { step: 'sending' }
  if (!webhook || webhook.status === 'disabled') return { step: 'off' }
  if (webhook.status === 'paused') return { step: 'paused' }
  const { order, rate_per_s, retry } = webhook.delivery
  const first = order === 'record' ? goesFirst(delivery, line) : undefined
  if (first) return { step: 'order', first }

  const dueAt = delivery.due_at === null ? now : Date.parse(delivery.due_at)
  const { blocked_until, circuit, next_probe_at } = webhook.health
  if (blocked_until !== null && Date.parse(blocked_until) > Math.max(now, dueAt))
    return { step: 'blocked', until: blocked_until }
  const probeAt = next_probe_at === null ? now : Date.parse(next_probe_at)
  // One that has a single attempt neither opens a circuit nor waits for one.
  if (circuit !== 'closed' && retry.policy !== 'once' && Math.max(now, probeAt) >= dueAt)
    return { step: 'circuit', until: next_probe_at }

  if (delivery.due_at === null || dueAt <= now) return { step: 'turn', ratePerS: rate_per_s }
  const hours = webhook.active_hours
  if (hours?.outside === 'hold' && !isOpen(hours, now)) return { step: 'hours', at: delivery.due_at, hours }
  return { step: delivery.attempt_count === 0 ? 'delay' : 'retry', at: delivery.due_at }
}

/** Replays stand outside the order of a record. */
function goesFirst(delivery: Delivery, line: readonly Delivery[]): Delivery | undefined {
  if (delivery.purpose !== 'event') return undefined
  return line
    .filter(({ purpose, sequence }) => purpose === 'event' && sequence < delivery.sequence)
    .toSorted((a, b) => a.sequence - b.sequence)[0]
}

/** Whether a moment lies in the hours; a window that ends before it begins goes past midnight. */
export function isOpen({ days, from, to, time_zone }: ActiveHours, at: number): boolean {
  const { day, minutes } = wallClock(at, time_zone)
  const [start, end] = [minutesOf(from), minutesOf(to)]
  const yesterday = day === 1 ? 7 : day - 1
  if (end > start) return days.includes(day) && minutes >= start && minutes < end
  return (days.includes(day) && minutes >= start) || (days.includes(yesterday) && minutes < end)
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function wallClock(at: number, timeZone: string): { day: number; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at)
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? ''
  return {
    day: weekdays.indexOf(part('weekday')) + 1,
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  }
}
