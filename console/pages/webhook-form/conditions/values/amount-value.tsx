import { Group, NumberInput, Select, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../../../data/json.ts'
import { useConditionScene } from '../condition-scene.ts'
import { useTypedNumber } from './typed-number.ts'
import type { ValueProps } from './value-props.ts'

interface Amount {
  amount: number | null
  currency: string | null
}

function readAmount(value: Json | undefined): Amount {
  if (typeof value === 'number') return { amount: value, currency: null }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { amount: null, currency: null }
  const { amount, currency } = value
  return {
    amount: typeof amount === 'number' ? amount : null,
    currency: typeof currency === 'string' ? currency.toUpperCase() : null,
  }
}

function writeAmount({ amount, currency }: Amount): Json | undefined {
  if (amount === null) return undefined
  return currency === null ? amount : { amount, currency }
}

/** A number; of a price with its currency beside it, or of money, an amount that may name its currency. */
export function AmountValue(props: ValueProps) {
  const { value, onChange, label, error, disabled } = props
  const read = readAmount(value)
  const { currency, setCurrency, hasCurrency } = useCurrency(props, read.currency)
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <AmountInput
        label={label}
        amount={read.amount}
        onChange={(amount) => onChange(writeAmount({ amount, currency }))}
        error={error}
        disabled={disabled}
      />
      {hasCurrency && (
        <CurrencySelect
          {...props}
          currency={currency}
          onChoose={(chosen) => {
            setCurrency(chosen)
            onChange(writeAmount({ amount: read.amount, currency: chosen }))
          }}
        />
      )}
    </Group>
  )
}

/** From and to, in one currency. */
export function AmountRange(props: ValueProps) {
  const { t } = useTranslation('form')
  const { value, onChange, label, error, disabled } = props
  const [first, last] = Array.isArray(value) ? value : []
  const from = readAmount(first)
  const to = readAmount(last)
  const { currency, setCurrency, hasCurrency } = useCurrency(props, from.currency ?? to.currency)
  const set = (changed: { from?: number | null; to?: number | null; currency?: string | null }) => {
    const next = { from: from.amount, to: to.amount, currency, ...changed }
    onChange([
      writeAmount({ amount: next.from, currency: next.currency }) ?? null,
      writeAmount({ amount: next.to, currency: next.currency }) ?? null,
    ])
  }
  return (
    <Group gap="xs" align="flex-start">
      <AmountInput
        label={`${label}, ${t('if.from')}`}
        amount={from.amount}
        onChange={(amount) => set({ from: amount })}
        error={error}
        disabled={disabled}
      />
      <Text size="sm" c="dimmed" mt={6}>
        {t('if.to')}
      </Text>
      <AmountInput
        label={`${label}, ${t('if.to')}`}
        amount={to.amount}
        onChange={(amount) => set({ to: amount })}
        error={null}
        disabled={disabled}
      />
      {hasCurrency && (
        <CurrencySelect
          {...props}
          currency={currency}
          onChoose={(chosen) => {
            setCurrency(chosen)
            set({ currency: chosen })
          }}
        />
      )}
    </Group>
  )
}

/** A currency may be chosen before the amount: until then only this component knows it. */
function useCurrency({ field }: ValueProps, told: string | null) {
  const { fields } = useConditionScene()
  const [chosen, setCurrency] = useState(told)
  const hasCurrency = field.type === 'money' || fields.currencyOf(field) !== null || told !== null
  return { currency: told ?? chosen, setCurrency, hasCurrency }
}

interface AmountInputProps {
  label: string
  amount: number | null
  onChange: (amount: number | null) => void
  error: string | null
  disabled: boolean
}

function AmountInput({ label, amount, onChange, error, disabled }: AmountInputProps) {
  const { i18n } = useTranslation()
  const marks = useMemo(() => numberMarks(i18n.language), [i18n.language])
  const typed = useTypedNumber(amount, onChange)
  return (
    <NumberInput
      aria-label={label}
      {...typed}
      thousandSeparator={marks.group}
      decimalSeparator={marks.decimal}
      // Whichever key people take, unless it stands between thousands.
      allowedDecimalSeparators={['.', ','].filter((mark) => mark !== marks.group)}
      hideControls
      miw="7rem"
      style={{ flex: '1 1 7rem' }}
      error={error}
      disabled={disabled}
    />
  )
}

/** How the language writes 10,000.5. */
function numberMarks(language: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(language).formatToParts(12_345.6)
  const mark = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise
  return { group: mark('group', ' '), decimal: mark('decimal', '.') }
}

interface CurrencyProps extends ValueProps {
  currency: string | null
  onChoose: (currency: string | null) => void
}

function CurrencySelect({ field, currency, onChoose, disabled }: CurrencyProps) {
  const { t } = useTranslation('form')
  const codes = useMemo(() => {
    const known = Intl.supportedValuesOf('currency')
    return currency === null || known.includes(currency) ? known : [currency, ...known]
  }, [currency])
  return (
    <Select
      aria-label={t('if.currency')}
      // A plain price holds whatever its currency is; money without one compares only with such.
      placeholder={t(field.type === 'money' ? 'if.noCurrency' : 'if.anyCurrency')}
      value={currency}
      onChange={onChoose}
      data={codes}
      searchable
      selectFirstOptionOnChange
      clearable
      clearButtonProps={{ 'aria-label': t('if.clear') }}
      nothingFoundMessage={t('if.nothingFound')}
      limit={50}
      w="9.5rem"
      disabled={disabled}
    />
  )
}
