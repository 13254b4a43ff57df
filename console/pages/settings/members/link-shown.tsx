import { Button, Group, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../../data/members.ts'
import { useTimeZone } from '../../../data/session.ts'
import { formatMoment } from '../../../parts/time.tsx'
import { OnceShown } from '../once-shown.tsx'

interface Props {
  invitation: Invitation
  /** Whom it is for. */
  name: string
  onDone: () => void
}

/** A member's link, shown this once: nobody but the reader can pass it on. */
export function LinkShown({ invitation, name, onDone }: Props) {
  const { t, i18n } = useTranslation('settings')
  const timeZone = useTimeZone()
  return (
    <Stack gap="md">
      <OnceShown
        title={t('members.link.title', { name })}
        value={invitation.url}
        copy={t('members.link.copy')}
        about={
          <>
            {t('members.link.send')}{' '}
            {t('members.link.until', { at: formatMoment(invitation.expires_at, i18n.language, timeZone) })}
          </>
        }
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('done')}</Button>
      </Group>
    </Stack>
  )
}
