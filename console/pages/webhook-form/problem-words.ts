import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import type { ProblemDetail } from '../../data/client.ts'
import { formatDuration } from '../../parts/duration/duration.ts'
import { factsOf } from '../../parts/problem/facts.ts'
import { detailText } from '../../parts/problem/text.ts'

/** What the server's sentence names, for the form's own sentence about it. */
export interface FormFacts {
  min?: string
  max?: string
  /** The event types that a format has no form for. */
  events?: string[]
  /** How long retries can take. */
  time?: string
}

export function formFacts(problem: Pick<ProblemDetail, 'path' | 'message'>, language: string): FormFacts {
  const { min, max } = factsOf(problem, language)
  const hours = /up to ([\d.]+) hours/.exec(problem.message)?.[1]
  const events = /cannot express (.+?)(?: and \d+ more)?\. Take/.exec(problem.message)?.[1]
  return {
    ...(min === undefined || max === undefined ? {} : { min, max }),
    ...(events === undefined ? {} : { events: events.split(', ') }),
    ...(hours === undefined ? {} : { time: formatDuration(Number(hours) * 3600, language) }),
  }
}

/**
 * Says what is wrong in the reader's language. Where the server's sentence speaks of the API (`"entering": "moved"`), the form
 * has its own words (`form:problem.*`), which speak of what is seen; all else is said as everywhere in the console.
 */
export function useProblemWords(): (problem: ProblemDetail) => string {
  const { t, i18n } = useTranslation(['form', 'problems', 'common'])
  const catalogue = useCatalogue()
  return useCallback(
    (problem) => {
      const { code } = problem
      // One character at least: nothing is there yet.
      if (code === 'too_short' && factsOf(problem, i18n.language).min === '1') return t('form:if.fillIn')
      const { events = [], ...facts } = formFacts(problem, i18n.language)
      const own = code === 'out_of_range' && facts.min === undefined ? '' : `form:problem.${code}`
      if (!i18n.exists(own)) return detailText(problem, t)
      const titles = events.map((type) => findEventType(catalogue, type)?.title ?? type)
      return (t as (key: string, facts: object) => string)(own, { ...facts, events: titles.join(', ') })
    },
    [t, i18n, catalogue],
  )
}
