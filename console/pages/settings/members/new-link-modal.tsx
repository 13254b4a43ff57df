import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Member, useRenewInvitation } from '../../../data/members.ts'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { LinkShown } from './link-shown.tsx'

/** A new link for somebody who has not joined yet, or forgot the password. */
export function NewLinkModal({ member, onClose }: { member: Member; onClose: () => void }) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const renew = useRenewInvitation()
  const { id, name, state } = member
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('members.newLinkTitle', { name })}
      closeOnClickOutside={!renew.data}
    >
      {renew.data ? (
        <LinkShown invitation={renew.data} name={name} onDone={onClose} />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t(`members.newLinkAbout.${state}`)}</Text>
          {renew.error && <ProblemAlert problem={renew.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button data-autofocus loading={renew.isPending} onClick={() => renew.mutate(id)}>
              {t('members.makeLink')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
