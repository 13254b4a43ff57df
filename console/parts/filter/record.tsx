import { NativeSelect, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { RecordAddress } from './record-address.ts'
import { FilterOptions } from './options.tsx'
import { FilterPill } from './pill.tsx'

interface Props {
  value: RecordAddress | null
  /** What the record is called, where that is known. */
  name: string | null
  onChange: (value: RecordAddress | null) => void
  /** What is looked for; `found` are the answers to it. */
  asked: { kind: string; text: string }
  onAsk: (asked: { kind: string; text: string }) => void
  found: { id: string; name: string }[]
  loading: boolean
}

/** Picks one record: its kind, then its name or its id. */
export function FilterRecord({ value, name, onChange, asked, onAsk, found, loading }: Props) {
  const { t } = useTranslation('history')
  const { kinds } = useCatalogue()
  const titles = kinds.map(({ name: kind, title }) => ({ value: kind, label: title }))
  const kindTitle = titles.find((kind) => kind.value === value?.kind)?.label ?? value?.kind ?? ''
  const shown = value && t('filter.recordIs', { kind: kindTitle, name: name ?? value.id })
  return (
    <FilterPill label={t('filter.record')} value={shown} onClear={() => onChange(null)} width={340}>
      {(close) => (
        <Stack gap={6}>
          <NativeSelect
            size="xs"
            aria-label={t('filter.kind')}
            data={titles}
            value={asked.kind}
            onChange={(event) => onAsk({ ...asked, kind: event.currentTarget.value })}
          />
          <FilterOptions
            label={t('filter.record')}
            options={found.map(({ id, name: called }) => ({
              value: id,
              label: called,
              note: called === id ? undefined : id,
            }))}
            value={value?.kind === asked.kind ? value.id : null}
            asked={{ text: asked.text, onAsk: (text) => onAsk({ ...asked, text }), loading }}
            typed={(text) =>
              found.some(({ id }) => id === text)
                ? null
                : { value: text, label: t('filter.recordId', { id: text }) }
            }
            onPick={(id) => {
              onChange({ kind: asked.kind, id })
              close()
            }}
          />
        </Stack>
      )}
    </FilterPill>
  )
}
