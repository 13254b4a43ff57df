import { useTranslation } from 'react-i18next'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import { FilterOptions } from './options.tsx'
import { FilterPill } from './pill.tsx'

interface Props {
  /** A type, or an id where those are taken. */
  value: string | null
  onChange: (value: string | null) => void
  /** Also one event by its id. */
  withIds?: boolean
}

/** Picks an event type under any system's name, or one event by its id. */
export function FilterEvent({ value, onChange, withIds = false }: Props) {
  const { t } = useTranslation('history')
  const catalogue = useCatalogue()
  const kinds = new Map(catalogue.kinds.map(({ name, title }) => [name, title]))
  const options = [...catalogue.events, ...catalogue.system_events].map(({ type, title, kind, aliases }) => ({
    value: type,
    label: title,
    group: kinds.get(kind) ?? t('filter.systemEvents'),
    words: Object.values(aliases).flat().join(' '),
  }))
  const named = value === null ? null : (findEventType(catalogue, value)?.title ?? value)
  return (
    <FilterPill label={t('filter.event')} value={named} onClear={() => onChange(null)} width={340}>
      {(close) => (
        <FilterOptions
          label={t('filter.event')}
          options={options}
          value={value}
          typed={(text) =>
            withIds && text.startsWith('evt_')
              ? { value: text, label: t('filter.eventId', { id: text }) }
              : null
          }
          onPick={(picked) => {
            onChange(picked)
            close()
          }}
        />
      )}
    </FilterPill>
  )
}
