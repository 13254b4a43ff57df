import { Group, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readSpan, timeUnits } from '../../../../parts/condition-text.ts'
import type { ValueProps } from './value-props.ts'

/** The most that the server takes. */
const amountMax = 10_000

/** So many hours, days, weeks or months. */
export function SpanValue({ value, onChange, label, error, disabled }: ValueProps) {
  const { t } = useTranslation('form')
  const { amount, unit } = readSpan(value) ?? { amount: 7, unit: 'days' }
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <NumberInput
        w="6rem"
        aria-label={label}
        value={amount}
        onChange={(typed) => typeof typed === 'number' && onChange({ amount: typed, unit })}
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
        data={timeUnits.map((name) => ({ value: name, label: t(`if.units.${name}`, { count: amount }) }))}
        allowDeselect={false}
        disabled={disabled}
      />
    </Group>
  )
}
