import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { deliveryStates } from '../../data/deliveries.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { FilterBar } from '../../parts/filter/bar.tsx'
import { FilterCode } from '../../parts/filter/code.tsx'
import { FilterEvent } from '../../parts/filter/event.tsx'
import { FilterOptions } from '../../parts/filter/options.tsx'
import { FilterPill } from '../../parts/filter/pill.tsx'
import { FilterStates } from '../../parts/filter/states.tsx'
import { FilterText } from '../../parts/filter/text.tsx'
import { FilterTime } from '../../parts/filter/time.tsx'
import { ChoiceFilter } from './choice-filter.tsx'
import type { HistoryFilter } from './history-filter.ts'
import { RecordFilter } from './record-filter.tsx'
import { ReplayFilter } from './replay-filter.tsx'

interface Props {
  filter: HistoryFilter
  onChange: (part: Partial<HistoryFilter>) => void
  /** null where nothing is set. */
  onClear: (() => void) | null
}

/** What the history can be narrowed by. */
export function HistoryFilters({ filter, onChange, onClear }: Props) {
  const { t } = useTranslation(['history', 'common'])
  const { webhook, event, record, states, code, span, purpose, replay, sentAgain } = filter
  const count =
    [webhook, event, record, code, span, purpose, replay, sentAgain !== null].filter(Boolean).length +
    (states.length > 0 ? 1 : 0)
  return (
    <FilterBar
      count={count}
      onClear={onClear}
      search={
        <FilterText
          label={t('filter.search')}
          value={filter.search}
          onChange={(search) => onChange({ search })}
        />
      }
    >
      <WebhookFilter value={webhook} onChange={(id) => onChange({ webhook: id })} />
      <FilterEvent withIds value={event} onChange={(picked) => onChange({ event: picked })} />
      <RecordFilter value={record} onChange={(picked) => onChange({ record: picked })} />
      <FilterStates
        states={deliveryStates}
        value={states}
        onChange={(picked) => onChange({ states: picked })}
      />
      <FilterCode value={code} onChange={(picked) => onChange({ code: picked })} />
      <ChoiceFilter
        label={t('filter.sentAgain')}
        choices={[
          { value: 'no', label: t('common:no') },
          { value: 'yes', label: t('common:yes') },
        ]}
        value={sentAgain === null ? null : sentAgain ? 'yes' : 'no'}
        onChange={(picked) => onChange({ sentAgain: picked === null ? null : picked === 'yes' })}
      />
      <ChoiceFilter
        label={t('filter.purpose')}
        choices={[
          { value: 'event', label: t('filter.purposes.event') },
          { value: 'replay', label: t('filter.purposes.replay') },
        ]}
        value={purpose}
        onChange={(picked) => onChange({ purpose: picked })}
      />
      {/* One comes here from the replay: among so many, few would look for it. */}
      {replay !== null && <ReplayFilter value={replay} onChange={(picked) => onChange({ replay: picked })} />}
      <FilterTime value={span} onChange={(picked) => onChange({ span: picked })} />
    </FilterBar>
  )
}

interface OneProps<T> {
  value: T | null
  onChange: (value: T | null) => void
}

function WebhookFilter({ value, onChange }: OneProps<string>) {
  const { t } = useTranslation(['history', 'common'])
  const { data = [], isPending } = useQuery({ ...allWebhooks, staleTime: 30_000 })
  const found = data.find(({ id }) => id === value)
  const shown = found?.name ?? (isPending ? '…' : t('list.deletedWebhook'))
  return (
    <FilterPill
      label={t('filter.webhook')}
      value={value === null ? null : shown}
      onClear={() => onChange(null)}
      width={340}
    >
      {(close) => (
        <FilterOptions
          label={t('filter.webhook')}
          options={data.map(({ id, name, status, request }) => ({
            value: id,
            label: name,
            note: status === 'active' ? undefined : t(`common:status.${status}`),
            words: request.url,
          }))}
          value={value}
          onPick={(id) => {
            onChange(id)
            close()
          }}
        />
      )}
    </FilterPill>
  )
}
