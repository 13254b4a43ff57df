import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Location, useBlocker } from 'react-router'

/** The record that an address shows: its page, or the drawer over a board. */
const shownBy = ({ pathname, search }: Location) =>
  `${pathname}?${new URLSearchParams(search).get('record') ?? ''}`

/** Asks before another record or page is opened while something is not saved. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && shownBy(currentLocation) !== shownBy(nextLocation),
  )
  if (blocker.state !== 'blocked') return null
  return (
    <Modal
      opened
      centered
      onClose={() => blocker.reset()}
      title={t('leave.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      zIndex={400}
    >
      <Text size="sm">{t('leave.about')}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => blocker.reset()}>
          {t('leave.stay')}
        </Button>
        <Button color="red.9" onClick={() => blocker.proceed()}>
          {t('leave.go')}
        </Button>
      </Group>
    </Modal>
  )
}
