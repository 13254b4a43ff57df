import { Group, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../../../data/json.ts'
import { type TimeUnit, timeUnits } from '../../../../parts/condition/text.ts'
import { useTypedNumber } from './typed-number.ts'
import type { ValueProps } from './value-props.ts'

/** The most that the server takes. */
const amountMax = 10_000

/** So many hours, days, weeks or months. */
export function SpanValue({ value, onChange, label, error, disabled }: ValueProps) {
  const { t } = useTranslation('form')
  const { amount, unit } = readUnfinished(value)
  const typed = useTypedNumber(amount, (next) => onChange({ amount: next, unit }))
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <NumberInput
        w="6rem"
        aria-label={label}
        {...typed}
        min={1}
        max={amountMax}
        allowDecimal={false}
        allowNegative={false}
        error={error}
        disabled={disabled}
      />
      <Select
        w="9rem"
        aria-label={t('if.unit')}
        value={unit}
        onChange={(chosen) => chosen && onChange({ amount, unit: chosen })}
        data={timeUnits.map((name) => ({
          value: name,
          label: t(`if.units.${name}`, { count: amount ?? 0 }),
        }))}
        allowDeselect={false}
        disabled={disabled}
      />
    </Group>
  )
}

/** A span whose number is still being typed has none. */
function readUnfinished(value: Json | undefined): { amount: number | null; unit: TimeUnit } {
  const { amount, unit } = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  return {
    amount: typeof amount === 'number' ? amount : null,
    unit: timeUnits.find((name) => name === unit) ?? 'days',
  }
}
