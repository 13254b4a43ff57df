import { Alert, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProblemDetail } from '../../../data/client.ts'
import type { Rule } from '../../../data/condition.ts'
import type { WebhookSettings } from '../../../data/webhooks.ts'
import { ruleText } from '../../../parts/condition/text.ts'
import { useConditionWords } from '../../../parts/condition/words.ts'
import { useRowProblemWords } from '../conditions/row-problems.ts'
import { useFolds } from '../folds.ts'
import { valueAt } from '../path.ts'
import { useProblemTitles } from '../problem-titles.ts'
import { useProblemWords } from '../problem-words.ts'
import classes from './try-it.module.css'

const shownMax = 6

interface Props {
  problems: readonly ProblemDetail[]
  draft: WebhookSettings
}

/** What is still missing or wrong before the draft can be tried; each leads to its place. */
export function DraftProblems({ problems, draft }: Props) {
  const { t } = useTranslation('form')
  const say = useProblemSentence(draft)
  const { goTo } = useFolds()
  // What is wrong with field, operator and value of a row may be one and the same.
  const said = [...new Map(problems.map((problem) => [say(problem), problem.path])).entries()]
  return (
    <Alert color="blue" variant="light" icon={<IconPencil />} title={t('try.unfinished')}>
      <Stack gap={6} component="ul" className={classes['problems']}>
        {said.slice(0, shownMax).map(([sentence, path]) => (
          <li key={sentence}>
            <UnstyledButton className={classes['problem']} onClick={() => goTo(path)}>
              {sentence}
            </UnstyledButton>
          </li>
        ))}
      </Stack>
      {said.length > shownMax && (
        <Text size="sm">{t('try.moreProblems', { count: said.length - shownMax })}</Text>
      )}
    </Alert>
  )
}

function useProblemSentence(draft: WebhookSettings): (problem: ProblemDetail) => string {
  const { t } = useTranslation('form')
  const words = useConditionWords([])
  const sayProblem = useProblemWords()
  const sayRow = useRowProblemWords()
  const titleOf = useProblemTitles()
  return (problem) => {
    const rule = ruleAt(draft, problem.path)
    if (rule) {
      if (rule.field === '') return t('try.noField')
      const row = ruleText(rule, words)
      if (problem.code === 'unfinished') return t('try.unfinishedRow', { row })
      return t('try.problem', { field: row, problem: sayRow(problem) })
    }
    const field = titleOf(problem)
    return field === '' ? sayProblem(problem) : t('try.problem', { field, problem: sayProblem(problem) })
  }
}

/** The row of the conditions that a mistake is about. */
function ruleAt(draft: WebhookSettings, path: string): Rule | null {
  const place = /^conditions(\.rules\[\d+\])+/.exec(path)?.[0]
  const found = place === undefined ? undefined : valueAt(draft, place)
  return typeof found === 'object' && found !== null && 'field' in found ? (found as Rule) : null
}
