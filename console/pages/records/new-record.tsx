import { Button, Collapse, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import { type CrmRecord, useMakeRecord } from '../../data/records.ts'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../parts/return-focus.ts'
import { FieldRows } from './field-rows.tsx'
import { problemsOf, shownFields } from './record-draft.ts'
import { useRecordNames } from './use-record-names.tsx'

interface Props {
  kind: string
  /** What is filled in already. */
  start?: JsonObject
  onClose: () => void
  onMade: (record: CrmRecord) => void
}

/** A dialog that makes a record of the kind. */
export function NewRecord(props: Props) {
  useReturnFocus()
  const { t } = useTranslation('pipelines')
  const { kinds } = useCatalogue()
  const fullScreen = useMediaQuery('(max-width: 48em)') ?? false
  const title = kinds.find(({ name }) => name === props.kind)?.title ?? props.kind
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      fullScreen={fullScreen}
      title={t('record.newOf', { kind: title })}
    >
      <Suspense fallback={<Loading />}>
        <NewRecordForm {...props} />
      </Suspense>
    </Modal>
  )
}

/** How many fields are in sight at first: those of the kind itself stand in front. */
const shownFirst = 8

function NewRecordForm({ kind, start = {}, onClose, onMade }: Props) {
  const { t } = useTranslation(['pipelines', 'common'])
  const { kinds } = useCatalogue()
  const names = useRecordNames()
  const [values, setValues] = useState<JsonObject>(start)
  const [id, setId] = useState('')
  const [more, setMore] = useState(false)
  const make = useMakeRecord(kind)
  const fields = shownFields(kinds.find(({ name }) => name === kind)?.fields ?? [], values)
  const { byField, rest } = problemsOf(make.error, ['id', ...fields.map(({ name }) => name)])
  // A mistake in a field that is folded away must be seen.
  const open = more || fields.slice(shownFirst).some(({ name }) => byField.has(name)) || byField.has('id')
  const rows = {
    kind,
    values,
    names,
    problems: byField,
    onChange: (changes: JsonObject) => setValues((old) => ({ ...old, ...changes })),
  }
  const submit = () => {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
    make.mutate(
      { ...filled, ...(id.trim() === '' ? {} : { id: id.trim() }) },
      { onSuccess: ({ record }) => onMade(record) },
    )
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="sm">
        <FieldRows {...rows} fields={fields.slice(0, shownFirst)} />
        <Group>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={open}
            onClick={() => setMore(!more)}
          >
            {open ? t('record.fewer') : t('record.more')}
          </Button>
        </Group>
        <Collapse expanded={open}>
          <Stack gap="sm">
            <FieldRows {...rows} fields={fields.slice(shownFirst)} />
            <TextInput
              label={t('record.id')}
              description={t('record.idAbout')}
              value={id}
              maxLength={200}
              onChange={({ currentTarget }) => setId(currentTarget.value)}
              error={byField.get('id')}
              pl={11}
            />
          </Stack>
        </Collapse>
        {rest && <ProblemAlert problem={rest} />}
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed" flex={1} miw={200}>
            {t('record.newAbout')}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={make.isPending}>
              {t('record.make')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
