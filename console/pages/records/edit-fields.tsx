import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Location } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import { type CrmRecord, useChangeRecord } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'
import { AddField } from './add-field.tsx'
import { FieldRows } from './field-rows.tsx'
import { problemsOf, shownFields, withChange } from './record-draft.ts'

/** The record that an address shows: its page, or the drawer over a board. */
const shownBy = ({ pathname, search }: Location) =>
  `${pathname}?${new URLSearchParams(search).get('record') ?? ''}`

/** The fields of a record. All that was changed is saved as one write, so that it makes one set of events. */
export function EditFields({ record, names }: { record: CrmRecord; names: RecordNames }) {
  const { t } = useTranslation(['pipelines', 'common'])
  const may = useMay()
  const { kinds } = useCatalogue()
  const { kind, id, fields: saved } = record
  const [draft, setDraft] = useState<JsonObject>({})
  const save = useChangeRecord()
  const values = { ...saved, ...draft }
  const fields = shownFields(kinds.find(({ name }) => name === kind)?.fields ?? [], values)
  const { byField, rest } = problemsOf(
    save.error,
    fields.map(({ name }) => name),
  )
  const count = Object.keys(draft).length
  const edited = useRef<HTMLElement>(null)
  const settle = () => {
    setDraft({})
    // The bar goes away with the button that was pressed: the keyboard goes on at the field that was edited last.
    edited.current?.focus()
  }
  const editable = may.manage && record.state !== 'deleted'

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (count > 0) save.mutate({ kind, id, fields: draft }, { onSuccess: settle })
      }}
    >
      <LeaveGuard unsaved={count > 0} placeOf={shownBy} />
      <Stack gap="sm">
        <div onFocus={({ target }) => (edited.current = target)}>
          <FieldRows
            kind={kind}
            fields={fields}
            values={values}
            names={names}
            changed={draft}
            problems={byField}
            onChange={editable ? (changes) => setDraft((old) => withChange(old, saved, changes)) : undefined}
          />
        </div>
        {editable && <AddField kind={kind} />}
        {rest && <ProblemAlert problem={rest} />}
        {count > 0 && (
          <Paper withBorder shadow="md" p="xs" radius="md" pos="sticky" bottom={12} style={{ zIndex: 3 }}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" role="status">
                {t('record.unsaved', { count })}
              </Text>
              <Group gap="xs">
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    settle()
                    save.reset()
                  }}
                >
                  {t('record.discard')}
                </Button>
                <Button size="xs" type="submit" loading={save.isPending}>
                  {t('common:save')}
                </Button>
              </Group>
            </Group>
          </Paper>
        )}
      </Stack>
    </form>
  )
}
