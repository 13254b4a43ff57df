/**
 * What the webhook form holds: all settings as one object, and what the server found wrong with them. Places are named by
 * the server's own paths (`request.url`, `conditions.rules[0].value`), so a mistake finds its field by itself.
 */
import { createContext, use, useMemo, useReducer } from 'react'
import type { Preset } from '../../data/catalogue.ts'
import type { ProblemDetail } from '../../data/client.ts'
import type { Webhook, WebhookSettings, WebhookWarning } from '../../data/webhooks.ts'
import { same } from './changes.ts'
import { mended } from './mended.ts'
import { isWithin, valueAt, withValueAt } from './path.ts'
import { placed } from './places.ts'

/** Something that only the user knows, and that the preset they started from says is still to be told. */
export type Ask = Preset['asks'][number]

export interface WebhookForm {
  /** All settings, complete: what would be saved. */
  draft: WebhookSettings
  /** What it started with: the webhook as it is saved, or what a preset filled in. */
  initial: WebhookSettings
  /** Sets one place. A function is given what stands there: `set('events', (events: string[]) => [...])`. */
  set: (path: string, value: unknown) => void
  /** What the server refused, less what has been changed since. */
  problems: ProblemDetail[]
  /**
   * The first mistake at exactly this place, or null; `useProblemWords` puts it into words. Give the field's element
   * `data-field={path}`: the summary of mistakes jumps there.
   */
  problemAt: (path: string) => ProblemDetail | null
  /** Those at this place or inside it. */
  problemsIn: (place: string) => ProblemDetail[]
  setProblems: (problems: ProblemDetail[]) => void
  /** What the server says about the saved webhook although nothing is wrong. */
  warnings: WebhookWarning[]
  warningAt: (path: string) => WebhookWarning | null
  /** Whether the user has changed something at this place or inside it. */
  touched: (place: string) => boolean
  /** Whether there is anything to save. */
  changed: boolean
  /** What the preset asks for. */
  asks: Ask[]
  /** Viewers look, and change nothing. */
  readOnly: boolean
  /** The webhook that is edited, as it was when the form was opened; null for a new one. */
  saved: SavedWebhook | null
}

type SavedWebhook = Pick<Webhook, 'id' | 'version'>

interface State {
  draft: WebhookSettings
  problems: ProblemDetail[]
  touched: ReadonlySet<string>
}

type Change = { type: 'set'; path: string; value: unknown } | { type: 'problems'; problems: ProblemDetail[] }

function next(state: State, change: Change): State {
  switch (change.type) {
    case 'problems':
      return { ...state, problems: change.problems.map(placed) }
    case 'set': {
      const { path } = change
      const before = valueAt(state.draft, path)
      const value =
        typeof change.value === 'function'
          ? (change.value as (old: unknown) => unknown)(before)
          : change.value
      if (Object.is(before, value)) return state
      const draft = withValueAt(state.draft, path, value)
      return {
        draft,
        problems: state.problems.filter((problem) => !mended(problem.path, state.draft, draft)),
        touched: new Set(state.touched).add(path),
      }
    }
  }
}

interface Start {
  initial: WebhookSettings
  warnings?: WebhookWarning[]
  asks?: Ask[]
  readOnly: boolean
  saved: SavedWebhook | null
}

/** Made once by the page, which gives it to all sections through `FormContext`. */
export function useFormState({ initial, warnings = none, asks = none, readOnly, saved }: Start): WebhookForm {
  const [{ draft, problems, touched }, change] = useReducer(next, {
    draft: initial,
    problems: none,
    touched: new Set<string>(),
  })
  return useMemo(
    () => ({
      draft,
      initial,
      set: (path, value) => change({ type: 'set', path, value }),
      problems,
      problemAt: (path) => problems.find((problem) => problem.path === path) ?? null,
      problemsIn: (place) => problems.filter(({ path }) => isWithin(path, place)),
      setProblems: (found) => change({ type: 'problems', problems: found }),
      warnings,
      warningAt: (path) => warnings.find((warning) => warning.path === path) ?? null,
      touched: (place) => [...touched].some((path) => isWithin(path, place)),
      changed: touched.size > 0 && !same(draft, initial),
      asks,
      readOnly,
      saved,
    }),
    [draft, problems, touched, warnings, asks, initial, readOnly, saved],
  )
}

const none: never[] = []

export const FormContext = createContext<WebhookForm | null>(null)

/** The form that the component stands in. */
export function useWebhookForm(): WebhookForm {
  const form = use(FormContext)
  if (!form) throw new Error('There is no webhook form around this.')
  return form
}
