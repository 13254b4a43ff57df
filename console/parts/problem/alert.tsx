import { Alert, Button, Group, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../data/client.ts'
import { detailText, problemText } from './text.ts'

interface Props {
  problem: Error
  /** Offers to try again. */
  retry?: () => void
}

/** A refusal, where it stands: what is wrong, each mistake by itself, and a way to try again. */
export function ProblemAlert({ problem, retry }: Props) {
  const { t } = useTranslation()
  const errors = problem instanceof ApiProblem ? problem.errors : []
  return (
    <Alert color="red" variant="light" title={t('problem.title')} icon={<IconAlertTriangle />} role="alert">
      {errors.length > 1 ? (
        <List size="sm">
          {errors.map((detail) => (
            <List.Item key={`${detail.path} ${detail.message}`}>{detailText(detail, t)}</List.Item>
          ))}
        </List>
      ) : (
        problemText(problem, t)
      )}
      {retry && (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={retry}>
            {t('retry')}
          </Button>
        </Group>
      )}
    </Alert>
  )
}
