import { Button, Group, Modal, Text } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { type Location, useBlocker } from 'react-router'

interface Props {
  /** Asked at the moment of leaving. */
  unsaved: boolean | (() => boolean)
  /** Where an address stands: going from one to another with the same answer is no leaving. Its path when left out. */
  placeOf?: (location: Location) => string
}

const pathOf = ({ pathname }: Location) => pathname

/** Asks before something is left that is not saved yet, also before the window is closed. */
export function LeaveGuard({ unsaved, placeOf = pathOf }: Props) {
  const { t } = useTranslation()
  const isUnsaved = () => (typeof unsaved === 'function' ? unsaved() : unsaved)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isUnsaved() && placeOf(currentLocation) !== placeOf(nextLocation),
  )
  useWindowEvent('beforeunload', (event) => {
    if (isUnsaved()) event.preventDefault()
  })
  return (
    <Modal
      opened={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      centered
      title={t('leave.title')}
      // Above a drawer that it asks about.
      zIndex={400}
    >
      <Text size="sm">{t('leave.about')}</Text>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
          {t('leave.stay')}
        </Button>
        <Button color="red.9" onClick={() => blocker.proceed?.()}>
          {t('leave.leave')}
        </Button>
      </Group>
    </Modal>
  )
}
