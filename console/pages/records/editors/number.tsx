import { Group, NumberInput, type NumberInputProps, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../../data/json.ts'
import { readMoney } from '../../../parts/record/price.ts'
import { type EditorProps, textOf } from './editor.ts'

export function NumberEditor({ id, value, onChange, error }: EditorProps) {
  return <LocalNumber id={id} value={textOf(value)} onChange={onChange} error={error} />
}

/** An amount and its currency; a bare number where none is named. */
export function MoneyEditor({ id, value, onChange, error }: EditorProps) {
  const { t } = useTranslation('pipelines')
  const money = readMoney(value)
  const currency = money?.currency ?? (isOpen(value) ? value.currency : '')
  const change = (amount: number | null, letters: string) => {
    if (amount === null) onChange(letters === '' ? null : { amount: null, currency: letters })
    else onChange(letters === '' ? amount : { amount, currency: letters })
  }
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <LocalNumber
        id={id}
        value={money?.amount ?? ''}
        onChange={(amount) => change(amount, currency)}
        error={error}
        flex={1}
      />
      <TextInput
        aria-label={t('field.currency')}
        placeholder="EUR"
        w={84}
        maxLength={3}
        value={currency}
        onChange={({ currentTarget }) => change(money?.amount ?? null, currentTarget.value.toUpperCase())}
      />
    </Group>
  )
}

/** A currency that waits for its amount. */
function isOpen(value: Json): value is { amount: null; currency: string } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.currency === 'string'
  )
}

/** Written as the reader's language does: 12,000.5 or 12 000,5. */
function LocalNumber({
  onChange,
  ...rest
}: Omit<NumberInputProps, 'onChange'> & { onChange: (value: number | null) => void }) {
  const { i18n } = useTranslation()
  const parts = new Intl.NumberFormat(i18n.language, { useGrouping: true }).formatToParts(1234567.8)
  const separator = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value
  return (
    <NumberInput
      hideControls
      thousandSeparator={separator('group') ?? ' '}
      decimalSeparator={separator('decimal') ?? '.'}
      onChange={(next) => {
        const number = typeof next === 'number' ? next : Number.parseFloat(next)
        onChange(Number.isNaN(number) ? null : number)
      }}
      {...rest}
    />
  )
}
