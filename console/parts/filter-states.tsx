import { Checkbox, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type DeliveryState, deliveryStates } from '../data/deliveries.ts'
import { FilterPill } from './filter-pill.tsx'

interface Props {
  value: DeliveryState[]
  onChange: (value: DeliveryState[]) => void
}

/** Picks one or more states of deliveries. */
export function FilterStates({ value, onChange }: Props) {
  const { t } = useTranslation(['history', 'common'])
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
          value={value}
          onChange={(states) => onChange(deliveryStates.filter((state) => states.includes(state)))}
          aria-label={t('filter.state')}
        >
          <Stack gap="xs" p={4}>
            {deliveryStates.map((state) => (
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
