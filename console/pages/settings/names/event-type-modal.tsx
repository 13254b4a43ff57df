import { ActionIcon, Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import { type DeclaredEventType, usePutEventType } from '../../../data/kinds.ts'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { isShownAt, problemAt } from '../problem-at.ts'
import { rowsOf, type SampleRow, sampleOf } from './sample.ts'

interface Props {
  /** The one to change; without it a new one is declared. */
  eventType: DeclaredEventType | null
  onClose: () => void
}

/** Something that can happen around a record, and what it tells. */
export function EventTypeModal({ eventType, onClose }: Props) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const { kinds } = useCatalogue()
  const put = usePutEventType()
  const [ofKind = '', ofAction = ''] = eventType?.type.split('.') ?? ['contact', '']
  const [kind, setKind] = useState(ofKind)
  const [action, setAction] = useState(ofAction)
  const [title, setTitle] = useState(eventType?.title ?? '')
  const [rows, setRows] = useState<SampleRow[]>(() => rowsOf(eventType?.sample ?? {}))
  const type = `${kind}.${action.trim()}`

  const submit = () =>
    put.mutate({ type, title: title.trim() || type, sample: sampleOf(rows) }, { onSuccess: onClose })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={eventType ? t('kinds.editTitle', { name: eventType.title }) : t('eventTypes.declare')}
    >
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={put.isPending}
        disabled={action.trim() === ''}
        noValidate
      >
        {put.error && !isShownAt(put.error, ['type', 'title']) && <ProblemAlert problem={put.error} />}
        <TextInput
          data-autofocus
          autoComplete="off"
          label={t('eventTypes.name')}
          placeholder={t('eventTypes.titleExample')}
          maxLength={200}
          value={title}
          error={problemAt(put.error, 'title', t)}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t('eventTypes.kind')}
            allowDeselect={false}
            searchable
            disabled={eventType !== null}
            data={kinds.map((one) => ({ value: one.name, label: one.title }))}
            value={kind}
            onChange={(picked) => picked && setKind(picked)}
          />
          <TextInput
            autoComplete="off"
            spellCheck={false}
            readOnly={eventType !== null}
            label={t('eventTypes.action')}
            description={action.trim() === '' ? undefined : type}
            placeholder="webinar_attended"
            maxLength={64}
            value={action}
            error={put.variables?.type === type ? problemAt(put.error, 'type', t) : undefined}
            styles={{
              input: { fontFamily: 'var(--mantine-font-family-monospace)' },
              description: { overflowWrap: 'anywhere' },
            }}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(event) => setAction(event.currentTarget.value)}
          />
        </SimpleGrid>
        <SampleRows rows={rows} onChange={setRows} />
      </DialogForm>
    </Modal>
  )
}

/** What such an event tells, by example: the values say what conditions can ask. */
function SampleRows({ rows, onChange }: { rows: SampleRow[]; onChange: (rows: SampleRow[]) => void }) {
  const { t } = useTranslation('settings')
  const change = (key: string, part: Partial<SampleRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <Stack gap="xs" role="group" aria-label={t('eventTypes.sample')}>
      <div>
        <Text size="sm" fw={500}>
          {t('eventTypes.sample')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('eventTypes.sampleAbout')}
        </Text>
      </div>
      {rows.map(({ key, name, value }, index) => (
        <Group key={key} gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            aria-label={t('eventTypes.sampleName', { number: index + 1 })}
            placeholder="webinar"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={name}
            style={{ flex: 1 }}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={(event) => change(key, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t('eventTypes.sampleValue', { number: index + 1 })}
            placeholder={t('eventTypes.valueExample')}
            autoComplete="off"
            value={value}
            style={{ flex: 1 }}
            onChange={(event) => change(key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('eventTypes.removeRow', { number: index + 1 })}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button
          variant="light"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, { key: crypto.randomUUID(), name: '', value: '' }])}
        >
          {t('eventTypes.addRow')}
        </Button>
      </div>
    </Stack>
  )
}
