import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProblemDetail } from '../../../data/client.ts'
import type { WebhookForm } from '../form-state.ts'
import { useProblemWords } from '../problem-words.ts'

const known = [
  'unknown_field',
  'unknown_operator',
  'operator_not_accepted',
  'transition_not_possible',
  'bad_value',
  'too_deep',
  'too_many_rows',
] as const

/** Says what is wrong with conditions in the words of the form: the server speaks of operators and types. */
export function useRowProblemWords(): (problem: ProblemDetail) => string {
  const { t } = useTranslation('form')
  const say = useProblemWords()
  return useCallback(
    (problem) => {
      const code = known.find((name) => name === problem.code)
      return code ? t(`if.problem.${code}`) : say(problem)
    },
    [t, say],
  )
}

/** The same by place. */
export function useRowProblems({
  problemAt,
}: Pick<WebhookForm, 'problemAt'>): (path: string) => string | null {
  const say = useRowProblemWords()
  return useCallback(
    (path) => {
      const problem = problemAt(path)
      return problem && say(problem)
    },
    [problemAt, say],
  )
}
