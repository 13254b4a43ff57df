import { Alert, Anchor, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRowProblemWords } from './conditions/row-problems.ts'
import { useFolds } from './folds.ts'
import { useWebhookForm } from './form-state.ts'
import { useProblemTitles } from './problem-titles.ts'

/** All that the server refused, on top, each a way to its field. */
export function ProblemSummary() {
  const { t } = useTranslation('form')
  const { problems } = useWebhookForm()
  const { goTo } = useFolds()
  const say = useRowProblemWords()
  const titleOf = useProblemTitles()
  const box = useRef<HTMLDivElement>(null)
  const count = problems.length
  const seen = useRef(0)
  useEffect(() => {
    // Only when new ones came, not while they are mended one by one.
    if (count > seen.current) {
      box.current?.scrollIntoView({ block: 'start' })
      box.current?.focus({ preventScroll: true })
    }
    seen.current = count
  }, [count])
  if (count === 0) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="red"
      variant="light"
      icon={<IconAlertTriangle />}
      title={t('problems', { count })}
      role="alert"
      style={{ scrollMarginTop: 80 }}
    >
      <List size="sm" withPadding={false} ps={18}>
        {problems.map((problem) => {
          const title = titleOf(problem)
          return (
            <List.Item key={`${problem.path} ${problem.code}`}>
              {title && (
                <>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    fw={600}
                    c="inherit"
                    underline="always"
                    onClick={() => goTo(problem.path)}
                  >
                    {title}
                  </Anchor>
                  {': '}
                </>
              )}
              {say(problem)}
            </List.Item>
          )
        })}
      </List>
    </Alert>
  )
}
