import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArchive,
  IconDots,
  IconMessagePlus,
  IconRefresh,
  IconThumbDown,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { type CrmRecord, recordName, useDeleteRecord } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'
import { LogActivity } from './log-activity.tsx'
import { StateDialog } from './state-dialog.tsx'

/** Red that can be read on both schemes. */
const danger = 'light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))'

type Dialog = 'activity' | 'archived' | 'discarded' | 'active' | null

/** What can be done with a record as a whole. Nothing for viewers. */
export function RecordMenu({ record, names }: { record: CrmRecord; names: RecordNames }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const may = useMay()
  const { kinds, events } = useCatalogue()
  const [dialog, setDialog] = useState<Dialog>(null)
  const remove = useDeleteRecord()
  const { kind, id } = record
  const capabilities = kinds.find(({ name }) => name === kind)?.capabilities ?? []
  const canLog = events.some((type) => type.activity && type.kind === kind)
  const state = typeof record.fields.state === 'string' ? record.fields.state : 'active'
  const close = () => setDialog(null)
  if (!may.manage || record.state === 'deleted') return null

  const ask = () =>
    confirmDanger({
      title: t('record.deleteTitle', { name: recordName(record) }),
      about: t('record.deleteAbout'),
      yes: t('common:delete'),
      no: t('common:cancel'),
      onYes: () =>
        remove.mutate(record, {
          onSuccess: () => void notifications.show({ message: t('record.deleted') }),
        }),
    })
  return (
    <Group gap="xs" wrap="nowrap">
      {canLog && (
        <Button
          variant="light"
          size="sm"
          leftSection={<IconMessagePlus size={16} stroke={1.8} />}
          onClick={() => setDialog('activity')}
        >
          {t('activity.title')}
        </Button>
      )}
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('record.menu')}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {capabilities.includes('archivable') && (
            <>
              {state !== 'active' && (
                <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => setDialog('active')}>
                  {t('stateDialog.active.yes')}
                </Menu.Item>
              )}
              {state !== 'archived' && (
                <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => setDialog('archived')}>
                  {t('stateDialog.archived.yes')}
                </Menu.Item>
              )}
              {state !== 'discarded' && (
                <Menu.Item leftSection={<IconThumbDown size={16} />} onClick={() => setDialog('discarded')}>
                  {t('stateDialog.discarded.yes')}
                </Menu.Item>
              )}
              <Menu.Divider />
            </>
          )}
          <Menu.Item c={danger} leftSection={<IconTrash size={16} />} onClick={ask}>
            {t('common:delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'activity' && <LogActivity kind={kind} id={id} names={names} onClose={close} />}
      {dialog !== null && dialog !== 'activity' && (
        <StateDialog record={record} to={dialog} onClose={close} />
      )}
    </Group>
  )
}
