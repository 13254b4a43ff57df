import { FilterOptions } from '../../parts/filter/options.tsx'
import { FilterPill } from '../../parts/filter/pill.tsx'

interface Props<T extends string> {
  label: string
  choices: { value: T; label: string }[]
  value: T | null
  onChange: (value: T | null) => void
}

/** A filter with a few fixed choices, of which one can be taken. */
export function ChoiceFilter<T extends string>({ label, choices, value, onChange }: Props<T>) {
  const find = (wanted: string | null) => choices.find((choice) => choice.value === wanted)
  return (
    <FilterPill label={label} value={find(value)?.label ?? null} onClear={() => onChange(null)} width={280}>
      {(close) => (
        <FilterOptions
          label={label}
          options={choices}
          value={value}
          onPick={(picked) => {
            onChange(find(picked)?.value ?? null)
            close()
          }}
        />
      )}
    </FilterPill>
  )
}
