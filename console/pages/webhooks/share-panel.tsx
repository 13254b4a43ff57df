import { ActionIcon, Alert, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconLink, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shareLinks, useMakeShareLink, useRevokeShareLink } from '../../data/handout.ts'
import { useMay } from '../../data/session.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { GuideLink } from '../../parts/guide-link.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Time } from '../../parts/time.tsx'

/** Links that show the handout to somebody who has no account here; each can be revoked. */
export function SharePanel({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation(['webhooks', 'common'])
  const may = useMay()
  const links = useQuery(shareLinks(webhookId))
  const make = useMakeShareLink(webhookId)
  const revoke = useRevokeShareLink(webhookId)
  const [name, setName] = useState('')
  const nameField = useRef<HTMLInputElement>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate(name.trim(), { onSuccess: () => setName('') })
  }
  const gone = (id: string) => {
    // It leads nowhere any more.
    if (make.data?.id === id) make.reset()
    nameField.current?.focus()
  }
  return (
    <Panel
      title={t('share.title')}
      about={
        <>
          {t('share.about')} <GuideLink name="share" />
        </>
      }
    >
      <Stack gap="sm">
        {may.manage && (
          <form onSubmit={submit}>
            <Group align="flex-end" gap="xs">
              <TextInput
                ref={nameField}
                label={t('share.for')}
                placeholder={t('share.forExample')}
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                style={{ flex: '1 1 14rem', maxWidth: 360 }}
              />
              <Button type="submit" leftSection={<IconLink size={16} />} loading={make.isPending}>
                {t('share.make')}
              </Button>
            </Group>
          </form>
        )}
        {make.data && (
          <Alert color="green" variant="light" title={t('share.made')}>
            <Group gap="xs" wrap="nowrap">
              <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                {make.data.url}
              </Text>
              <CopyButton value={make.data.url} />
            </Group>
          </Alert>
        )}
        {links.data && links.data.items.length > 0 && (
          <Table.ScrollContainer type="native" tabIndex={0} minWidth={420}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('share.for')}</Table.Th>
                  <Table.Th>{t('share.madeAt')}</Table.Th>
                  <Table.Th>{t('share.usedAt')}</Table.Th>
                  {may.manage && <Table.Th aria-label={t('common:actions')} />}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {links.data.items.map((link) => (
                  <Table.Tr key={link.id}>
                    <Table.Td>{link.name || t('share.unnamed')}</Table.Td>
                    <Table.Td>
                      <Time at={link.created_at} />
                    </Table.Td>
                    <Table.Td>
                      <Time at={link.last_used_at} />
                    </Table.Td>
                    {may.manage && (
                      <Table.Td ta="right">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t('share.revoke', { name: link.name || t('share.unnamed') })}
                          onClick={() =>
                            confirmDanger({
                              title: t('share.revokeTitle'),
                              about: t('share.revokeAbout'),
                              yes: t('share.revokeDo'),
                              no: t('common:cancel'),
                              onYes: () => revoke.mutate(link.id, { onSuccess: () => gone(link.id) }),
                            })
                          }
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Panel>
  )
}
