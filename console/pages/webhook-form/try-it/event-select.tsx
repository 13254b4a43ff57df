import { useTranslation } from 'react-i18next'
import { findEventType, useCatalogue } from '../../../data/catalogue.ts'
import type { CrmEvent } from '../../../data/events.ts'
import { recordName } from '../../../data/records.ts'
import { Time } from '../../../parts/time.tsx'
import { LongSelect } from '../conditions/values/long-select.tsx'

interface Props {
  events: readonly CrmEvent[]
  value: string | null
  onChange: (id: string) => void
}

/** One of the past events, by the name of its record. */
export function EventSelect({ events, value, onChange }: Props) {
  const { t } = useTranslation('form')
  const catalogue = useCatalogue()
  return (
    <LongSelect
      label={t('try.event')}
      placeholder={t('if.choose')}
      searchLabel={t('try.findEvent')}
      value={value}
      onChange={onChange}
      options={events.map(({ id, type, record, current, occurred_at }) => ({
        value: id,
        title: recordName({ id: record.id, fields: current }),
        about: (
          <>
            {findEventType(catalogue, type)?.title ?? type} · <Time at={occurred_at} />
          </>
        ),
      }))}
    />
  )
}
