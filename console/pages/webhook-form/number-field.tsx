import { NumberInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { DurationInput } from '../../parts/duration/input.tsx'
import { useField } from './use-field.ts'

interface Props {
  path: string
  label: string
  description?: ReactNode
  /** What an empty field means; without it the field cannot be empty. */
  emptyMeans?: string
}

/** A number of the settings. */
export function NumberField({
  path,
  label,
  description,
  emptyMeans,
  whole = true,
}: Props & { whole?: boolean }) {
  const { value, set, input } = useField<number | null>(path)
  return (
    <NumberInput
      {...input}
      label={label}
      description={description}
      value={value ?? ''}
      placeholder={emptyMeans}
      allowDecimal={!whole}
      allowNegative={false}
      hideControls
      maw={260}
      onChange={(typed) => {
        if (typeof typed === 'number') set(typed)
        else if (typed === '' && emptyMeans !== undefined) set(null)
      }}
    />
  )
}

/** A span of time of the settings. `zeroMeans`: nothing typed is no time at all. */
export function TimeField({
  path,
  label,
  description,
  emptyMeans,
  zeroMeans,
}: Props & { zeroMeans?: string }) {
  const { value, set, input } = useField<number | null>(path)
  const means = emptyMeans ?? zeroMeans
  return (
    <DurationInput
      {...input}
      label={label}
      description={description}
      value={zeroMeans !== undefined && value === 0 ? null : value}
      {...(means === undefined ? {} : { emptyMeans: means })}
      onChange={(seconds) => set(seconds === null && zeroMeans !== undefined ? 0 : seconds)}
    />
  )
}
