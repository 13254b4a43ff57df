import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import { type AccountField, usePutField } from '../../../data/fields.ts'
import { recordSearch } from '../../../data/records.ts'
import { Panel } from '../../../parts/panel.tsx'
import { problemText } from '../../../parts/problem/text.ts'
import { isShownAt, problemAt } from '../problem-at.ts'
import { shapeInput, shapeOf } from './field-shape.ts'
import { FieldShapeInputs } from './field-shape-inputs.tsx'
import { NamingRow, nameInput } from './naming-row.tsx'
import { seenValues } from './seen-values.ts'

/** In how many records a value is looked for, to show what the field holds. */
const recordsLooked = 100
const examplesShown = 3

/** Fields that records brought and nobody has described. */
export function WaitingFields({ fields }: { fields: AccountField[] }) {
  const { t } = useTranslation('settings')
  if (fields.length === 0) return null
  return (
    <Panel title={t('names.fields')} about={t('names.fieldsAbout')}>
      {fields.map((field) => (
        <FieldRow key={`${field.kind} ${field.name}`} field={field} />
      ))}
    </Panel>
  )
}

const shown = ['type', 'choices', 'links'] as const

function FieldRow({ field }: { field: AccountField }) {
  const { t } = useTranslation(['settings', 'common'])
  const { kinds } = useCatalogue()
  const { kind, name } = field
  const put = usePutField()
  // A source may have said what people call it.
  const [title, setTitle] = useState(field.title === name ? '' : field.title)
  const [shape, setShape] = useState(shapeOf(field))
  const records = useQuery(recordSearch(kind, '', recordsLooked))
  const values = seenValues(records.data ?? [], name)
  const examples = values.slice(0, examplesShown).map((value) => t('names.quoted', { value: short(value) }))
  const ofKind = kinds.find((one) => one.name === kind)?.title ?? kind

  return (
    <NamingRow
      what={ofKind}
      id={name}
      hint={examples.length > 0 && t('names.fieldHint', { values: examples.join(', ') })}
      ready={title.trim() !== ''}
      saving={put.isPending}
      problem={put.error && !isShownAt(put.error, shown) ? problemText(put.error, t) : undefined}
      onSave={() => put.mutate({ kind, name, title: title.trim(), ...shapeInput(shape) })}
    >
      <TextInput
        {...nameInput}
        aria-label={t('names.nameOf', { what: t('names.field'), id: name })}
        placeholder={t('names.fieldExample')}
        autoComplete="off"
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <FieldShapeInputs
        of={name}
        value={shape}
        problem={(part) => problemAt(put.error, part, t)}
        onChange={(next) => {
          const isFirstLook = next.type === 'choice' && next.choices.length === 0 && shape.type !== 'choice'
          setShape(isFirstLook ? { ...next, choices: values } : next)
          put.reset()
        }}
      />
    </NamingRow>
  )
}

function short(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value
}
