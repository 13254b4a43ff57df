import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../../../data/json.ts'
import { AmountRange, AmountValue } from './amount-value.tsx'
import { BooleanValue } from './boolean-value.tsx'
import { DateValue } from './date-value.tsx'
import { ManyOptions, OneOption } from './option-values.tsx'
import { ManyRecords, OneRecord } from './record-values.tsx'
import { SpanValue } from './span-value.tsx'
import { ManyTexts, OneText } from './text-values.tsx'
import { useValueOptions } from './value-options.ts'
import type { ValueProps } from './value-props.ts'

/** What a row asks for, edited as its field's type and its operator take it. */
export function ValueEditor(props: ValueProps) {
  const { field, operator } = props
  switch (operator.values) {
    case 'none':
      return null
    case 'span':
      return <SpanValue {...props} />
    case 'two':
      return field.type === 'date' ? <DateRange {...props} /> : <AmountRange {...props} />
    case 'one':
      return <OneValue {...props} />
    case 'many':
      return <ManyValues {...props} />
  }
}

function OneValue(props: ValueProps) {
  const { field, operator } = props
  const options = useValueOptions(field, operator)
  if (field.type === 'boolean') return <BooleanValue {...props} />
  if (field.type === 'number' || field.type === 'money') return <AmountValue {...props} />
  if (field.type === 'date') return <DateValue {...props} />
  if (field.type === 'link' && field.links !== null) return <OneRecord {...props} kind={field.links} />
  return options ? (
    <OneOption {...props} options={options} />
  ) : (
    <Typed {...props} input={<OneText {...props} />} />
  )
}

function ManyValues(props: ValueProps) {
  const { field, operator } = props
  const options = useValueOptions(field, operator)
  if (field.type === 'link' && field.links !== null) return <ManyRecords {...props} kind={field.links} />
  return options ? (
    <ManyOptions {...props} options={options} />
  ) : (
    <Typed {...props} input={<ManyTexts {...props} />} />
  )
}

/** What is typed, with the switch beside it. */
function Typed({ input, capitals }: Pick<ValueProps, 'capitals'> & { input: ReactNode }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <div style={{ flex: 1, minWidth: 0 }}>{input}</div>
      {capitals}
    </Group>
  )
}

function DateRange({ value, onChange, label, error, ...props }: ValueProps) {
  const { t } = useTranslation('form')
  const [from, to] = Array.isArray(value) ? value : []
  const set = (changed: { from?: Json | undefined; to?: Json | undefined }) => {
    const next = { from, to, ...changed }
    onChange([next.from ?? null, next.to ?? null])
  }
  return (
    <Group gap="xs" align="flex-start">
      <DateValue
        {...props}
        label={`${label}, ${t('if.from')}`}
        value={from ?? undefined}
        onChange={(day) => set({ from: day })}
        error={error}
      />
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Text size="sm" c="dimmed" mt={8}>
          {t('if.to')}
        </Text>
        <DateValue
          {...props}
          label={`${label}, ${t('if.to')}`}
          value={to ?? undefined}
          onChange={(day) => set({ to: day })}
          error={null}
        />
      </Group>
    </Group>
  )
}
