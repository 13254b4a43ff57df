import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import classes from './settings.module.css'

interface Props {
  /** How many settings differ from what is kept; nothing is shown for none. */
  changes: number
  /** Why it cannot be saved as it is; at the fields stands more. */
  problem?: string | undefined
  saving: boolean
  onDiscard: () => void
}

/** What is not saved yet, with a button that submits the form around it; leaving is asked about. */
export function SaveBar({ changes, problem, saving, onDiscard }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <>
      <LeaveGuard unsaved={changes > 0 && !saving} />
      {changes > 0 && (
        <div className={classes['saveBar']} role="region" aria-label={t('saveBar.label')}>
          <Group justify="space-between" gap="xs">
            <Text
              size="sm"
              fw={500}
              role="status"
              c={problem ? 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))' : undefined}
            >
              {problem ?? t('saveBar.changes', { count: changes })}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={onDiscard} disabled={saving}>
                {t('saveBar.discard')}
              </Button>
              <Button type="submit" loading={saving}>
                {t('common:save')}
              </Button>
            </Group>
          </Group>
        </div>
      )}
    </>
  )
}
