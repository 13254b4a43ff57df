import { Checkbox, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryState } from '../../data/deliveries.ts'
import { FilterPill } from './pill.tsx'

interface Props {
  /** Those that there are. */
  states: readonly DeliveryState[]
  value: DeliveryState[]
  onChange: (value: DeliveryState[]) => void
}

/** Picks one or more states of deliveries. */
export function FilterStates({ states, value, onChange }: Props) {
  const { t } = useTranslation(['history', 'common'])
  // Boxes answer at once; the address, and with it the list, a moment later.
  const [picked, setPicked] = useState(value)
  const [told, setTold] = useState(value)
  if (value !== told) {
    setTold(value)
    setPicked(value)
  }
  const shown = value.map((state) => t(`common:status.${state}`)).join(', ')
  return (
    <FilterPill
      label={t('filter.state')}
      value={value.length > 0 ? shown : null}
      onClear={() => onChange([])}
      width={260}
    >
      {() => (
        <Checkbox.Group
          value={picked}
          onChange={(names) => {
            const next = states.filter((state) => names.includes(state))
            setPicked(next)
            onChange(next)
          }}
          aria-label={t('filter.state')}
        >
          <Stack gap="xs" p={4}>
            {states.map((state) => (
              <Checkbox
                key={state}
                value={state}
                label={t(`common:status.${state}`)}
                description={t(`stateAbout.${state}`)}
                size="sm"
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </FilterPill>
  )
}
