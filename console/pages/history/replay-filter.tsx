import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Replay, replayList, replayQuery } from '../../data/replays.ts'
import { useTimeZone } from '../../data/session.ts'
import { FilterOptions } from '../../parts/filter/options.tsx'
import { FilterPill } from '../../parts/filter/pill.tsx'
import { formatMoment } from '../../parts/time.tsx'

interface Props {
  value: string
  onChange: (id: string | null) => void
}

/** The deliveries of one replay: of the last ones that there were. */
export function ReplayFilter({ value, onChange }: Props) {
  const { t, i18n } = useTranslation('history')
  const timeZone = useTimeZone()
  const { data, error } = useQuery({ ...replayQuery(value), retry: false })
  const name = ({ created_at }: Replay) => formatMoment(created_at, i18n.language, timeZone)
  const shown = data ? name(data) : error ? t('filter.replayGone') : '…'
  return (
    <FilterPill label={t('filter.replay')} value={shown} onClear={() => onChange(null)} width={340}>
      {(close) => (
        <Choices
          name={name}
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

interface ChoicesProps {
  name: (replay: Replay) => string
  value: string
  onPick: (id: string) => void
}

/** Read once somebody looks. */
function Choices({ name, value, onPick }: ChoicesProps) {
  const { t } = useTranslation('history')
  const { data } = useInfiniteQuery(replayList)
  const replays = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <FilterOptions
      label={t('filter.replay')}
      options={replays.map((replay) => ({
        value: replay.id,
        label: name(replay),
        note: `${t(`replays.what.${replay.of}`)} · ${t('replays.created', { count: replay.created })}`,
      }))}
      value={value}
      onPick={onPick}
    />
  )
}
