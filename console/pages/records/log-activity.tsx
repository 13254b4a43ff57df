import { Modal, Select, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type EventType, type FieldType, useCatalogue } from '../../data/catalogue.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import { useLogActivity } from '../../data/records.ts'
import { DialogForm } from '../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'
import { useReturnFocus } from '../../parts/return-focus.ts'
import { useDataTitle } from './data-title.ts'
import { MomentEditor } from './editors/date.tsx'
import { FieldEditor } from './field-editor.tsx'

interface Props {
  kind: string
  id: string
  names: RecordNames
  onClose: () => void
}

/** What people write down themselves stands before what systems report. */
const first = ['note_added', 'follow_up_logged']

/** Writes down what happened around a record: a note, a call, a mail. */
export function LogActivity({ kind, id, names, onClose }: Props) {
  useReturnFocus()
  const { t } = useTranslation('pipelines')
  const { events } = useCatalogue()
  const types = events
    .filter((type) => type.activity && type.kind === kind)
    .toSorted((a, b) => rank(a) - rank(b))
  const [action, setAction] = useState(types[0]?.action ?? '')
  const [data, setData] = useState<JsonObject>({})
  const [at, setAt] = useState<string | null>(null)
  const whenId = useId()
  const log = useLogActivity()
  const type = types.find((one) => one.action === action)

  const submit = () => {
    const said = Object.fromEntries(
      Object.entries(data).filter(([name, value]) => value !== null && type && name in type.data),
    )
    log.mutate(
      { kind, id, type: action, data: said, ...(at === null ? {} : { occurred_at: at }) },
      {
        onSuccess() {
          notifications.show({ message: t('activity.logged') })
          onClose()
        },
      },
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('activity.title')}>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={log.isPending}
        submitLabel={t('activity.log')}
        disabled={!type}
        noValidate
        gap="sm"
      >
        <Select
          label={t('activity.type')}
          data={types.map((one) => ({ value: one.action, label: one.title }))}
          value={action}
          allowDeselect={false}
          onChange={(picked) => picked && setAction(picked)}
        />
        {type && (
          <Text size="sm" c="dimmed">
            {type.description}
          </Text>
        )}
        {Object.entries(type?.data ?? {}).map(([name, of]) => (
          <DataRow
            key={`${action} ${name}`}
            name={name}
            type={of}
            value={data[name] ?? null}
            onChange={(value) => setData((old) => ({ ...old, [name]: value }))}
            kind={kind}
            names={names}
          />
        ))}
        <div>
          <Text component="label" htmlFor={whenId} size="sm" fw={500}>
            {t('activity.when')}
          </Text>
          <Text size="xs" c="dimmed" mb={4}>
            {t('activity.whenAbout')}
          </Text>
          <MomentEditor
            id={whenId}
            value={at}
            error={undefined}
            onChange={(value) => setAt(typeof value === 'string' ? value : null)}
          />
        </div>
        {log.isError && <ProblemAlert problem={log.error} />}
      </DialogForm>
    </Modal>
  )
}

function rank({ action }: EventType): number {
  const place = first.indexOf(action)
  return place < 0 ? first.length : place
}

interface RowProps {
  name: string
  type: FieldType
  value: Json
  onChange: (value: Json) => void
  kind: string
  names: RecordNames
}

function DataRow({ name, type, value, onChange, kind, names }: RowProps) {
  const id = useId()
  const title = useDataTitle()(name)
  const text = typeof value === 'string' ? value : ''
  return (
    <div>
      <Text component="label" htmlFor={id} size="sm" fw={500} display="block" mb={4}>
        {title}
      </Text>
      {name === 'text' ? (
        <Textarea
          id={id}
          autosize
          minRows={3}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
        />
      ) : type === 'date' ? (
        <MomentEditor id={id} value={value} onChange={onChange} error={undefined} />
      ) : (
        <FieldEditor
          id={id}
          field={{ name, title, type, choices: null, links: null, origin: 'built_in' }}
          kind={kind}
          value={value}
          values={{}}
          names={names}
          error={undefined}
          onChange={onChange}
        />
      )}
    </div>
  )
}
