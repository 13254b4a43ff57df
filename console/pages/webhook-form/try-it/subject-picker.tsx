import { ActionIcon, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type EventType, useCatalogue } from '../../../data/catalogue.ts'
import { type CrmEvent, eventQuery } from '../../../data/events.ts'
import { EventSelect } from './event-select.tsx'
import { RecordPicker } from './record-picker.tsx'
import { type Chosen, kindOf } from './subject.ts'

interface Props {
  chosen: Chosen
  onChange: (chosen: Chosen) => void
  types: readonly EventType[]
  /** null until they are known. */
  past: readonly CrmEvent[] | null
  /** The past event to begin with. */
  firstEvent: string | null | undefined
}

/** A past event, a record as it is now, or a sample. */
export function SubjectPicker({ chosen, onChange, types, past, firstEvent }: Props) {
  const { t } = useTranslation('form')
  return (
    <Stack gap="xs">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('try.with')}
        value={chosen.from}
        onChange={(from) => onChange({ ...chosen, from })}
        data={[
          { value: 'event', label: t('try.event') },
          { value: 'record', label: t('try.record') },
          { value: 'sample', label: t('try.sample') },
        ]}
      />
      {chosen.from === 'event' && (
        <EventChoice chosen={chosen} onChange={onChange} past={past} firstEvent={firstEvent} />
      )}
      {chosen.from === 'record' && <RecordChoice chosen={chosen} onChange={onChange} types={types} />}
      {chosen.from === 'sample' && <TypeChoice chosen={chosen} onChange={onChange} types={types} />}
    </Stack>
  )
}

function EventChoice({ chosen, onChange, past, firstEvent = null }: Omit<Props, 'types'>) {
  const { t } = useTranslation('form')
  const id = chosen.eventId ?? firstEvent
  const isListed = past?.some((event) => event.id === id) ?? false
  // One that a backtest found may be older than all in the list.
  const { data: other } = useQuery({
    ...eventQuery(id ?? ''),
    enabled: id !== null && !isListed && past !== null,
  })
  const events = other && !isListed ? [other, ...(past ?? [])] : (past ?? [])
  if (past !== null && events.length === 0 && chosen.eventId === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('try.noneYet')}
      </Text>
    )
  }
  const at = events.findIndex((event) => event.id === id)
  const go = (to: number) => events[to] && onChange({ ...chosen, eventId: events[to].id })
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('try.newer')}
        title={t('try.newer')}
        disabled={at <= 0}
        onClick={() => go(at - 1)}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <EventSelect events={events} value={id} onChange={(eventId) => onChange({ ...chosen, eventId })} />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('try.older')}
        title={t('try.older')}
        disabled={at < 0 || at >= events.length - 1}
        onClick={() => go(at + 1)}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
    </Group>
  )
}

function RecordChoice({ chosen, onChange, types }: Pick<Props, 'chosen' | 'onChange' | 'types'>) {
  const { t } = useTranslation('form')
  const catalogue = useCatalogue()
  const kinds = catalogue.kinds.filter(({ name }) => types.some(({ kind }) => kind === name))
  const kind = kindOf(chosen, types)
  if (kind === null || kinds.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('try.noRecords')}
      </Text>
    )
  }
  return (
    <Stack gap="xs">
      {kinds.length > 1 && (
        <Select
          aria-label={t('try.kind')}
          value={kind}
          onChange={(name) => name && onChange({ ...chosen, kind: name, recordId: null, type: null })}
          data={kinds.map(({ name, title }) => ({ value: name, label: title }))}
          allowDeselect={false}
        />
      )}
      <RecordPicker
        key={kind}
        kind={kind}
        value={chosen.recordId}
        onChange={(recordId) => onChange({ ...chosen, kind, recordId })}
      />
      <TypeChoice chosen={chosen} onChange={onChange} types={types.filter((type) => type.kind === kind)} />
    </Stack>
  )
}

/** As which event; asked for only where the webhook listens to several. */
function TypeChoice({ chosen, onChange, types }: Pick<Props, 'chosen' | 'onChange' | 'types'>) {
  const { t } = useTranslation('form')
  const [first] = types
  if (!first || types.length < 2) return null
  const value = types.find(({ type }) => type === chosen.type)?.type ?? first.type
  return (
    <Select
      aria-label={t('try.asEvent')}
      value={value}
      onChange={(type) => type && onChange({ ...chosen, type })}
      data={types.map(({ type, title }) => ({ value: type, label: title }))}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      nothingFoundMessage={t('if.nothingFound')}
    />
  )
}
