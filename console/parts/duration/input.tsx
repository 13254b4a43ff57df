import { Group, Input, NumberInput, Select } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DurationUnit, durationUnits, unitName, unitOf } from './duration.ts'

interface Props {
  label: string
  description?: ReactNode
  error?: ReactNode
  /** In seconds; null where none is set. */
  value: number | null
  onChange: (seconds: number | null) => void
  /** Where it may be left empty; else an empty field keeps what it had. */
  emptyMeans?: string
  disabled?: boolean
  /** Where the summary of mistakes jumps to. */
  'data-field'?: string
}

/** A span of time: a number and its unit. */
export function DurationInput({
  label,
  description,
  error,
  value,
  onChange,
  emptyMeans,
  disabled,
  ...rest
}: Props) {
  const { t, i18n } = useTranslation('form')
  const id = useId()
  const [unit, setUnit] = useState<DurationUnit>(() => (value === null ? 'minute' : unitOf(value)))
  // A value that came from elsewhere, and is no round number of the unit that was chosen, brings its own.
  const shown = value !== null && ((value / durationUnits[unit]) * 100) % 1 !== 0 ? unitOf(value) : unit
  const amount = value === null ? '' : Math.round((value / durationUnits[shown]) * 100) / 100
  return (
    <Input.Wrapper label={label} description={description} error={error} labelProps={{ htmlFor: id }}>
      <Group gap={6} wrap="nowrap" mt={description ? 6 : 0} mb={error ? 4 : 0}>
        <NumberInput
          id={id}
          {...rest}
          style={{ flex: '1 1 70px', maxWidth: 130 }}
          value={amount}
          placeholder={emptyMeans}
          min={0}
          disabled={disabled}
          hideControls
          allowNegative={false}
          decimalScale={2}
          error={Boolean(error)}
          aria-invalid={Boolean(error) || undefined}
          onChange={(next) => {
            if (next === '' && emptyMeans !== undefined) onChange(null)
            if (typeof next === 'number') onChange(next * durationUnits[shown])
          }}
        />
        <Select
          style={{ flex: '0 1 130px' }}
          aria-label={t('unitOf', { label })}
          value={shown}
          disabled={disabled}
          allowDeselect={false}
          withCheckIcon={false}
          data={Object.keys(durationUnits).map((name) => ({
            value: name,
            label: unitName(name as DurationUnit, typeof amount === 'number' ? amount : 2, i18n.language),
          }))}
          onChange={(next) => {
            if (next === null) return
            const to = next as DurationUnit
            setUnit(to)
            // "5 minutes" becomes "5 hours", not "0.08 hours".
            if (typeof amount === 'number') onChange(amount * durationUnits[to])
          }}
        />
      </Group>
    </Input.Wrapper>
  )
}
