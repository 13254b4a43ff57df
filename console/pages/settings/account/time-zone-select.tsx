import { type ComboboxItem, Group, Select, Text } from '@mantine/core'
import { useDisclosure, useInterval } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMeant, timeIn, type TimeZone, timeZones, zoneLabel } from './time-zones.ts'

interface Props {
  value: string
  onChange: (value: string) => void
  error: string | undefined
  readOnly: boolean
}

/** How many zones are listed at once; the rest is found by typing. */
const shownMax = 60

/** A time zone, found by its name, its place, or what its time is called; each with the time there. */
export function TimeZoneSelect({ value, onChange, error, readOnly }: Props) {
  const { t, i18n } = useTranslation('settings')
  const { language } = i18n
  const [now, setNow] = useState(() => new Date())
  useInterval(() => setNow(new Date()), 15_000, { autoInvoke: true })
  const [opened, { open, close }] = useDisclosure()
  const known = useKnownZones(opened, value)
  const here = timeIn(value, language, now)

  return (
    <Select
      label={t('account.timeZone')}
      description={here ? t('account.timeZoneNow', { time: here.time, offset: here.offset }) : undefined}
      searchable
      allowDeselect={false}
      readOnly={readOnly}
      error={error}
      limit={shownMax}
      value={value}
      data={known.map(({ id, label }) => ({ value: id, label }))}
      onChange={(id) => id !== null && onChange(id)}
      onDropdownOpen={open}
      onDropdownClose={close}
      nothingFoundMessage={t('account.noTimeZone')}
      comboboxProps={{ shadow: 'md' }}
      filter={({ options, search, limit }) => {
        const zones = new Map(known.map((zone) => [zone.id, zone]))
        const typed = search === zoneLabel(value) ? '' : search
        return (options as ComboboxItem[])
          .filter((option) => isMeant(zones.get(option.value)!, typed))
          .slice(0, limit)
      }}
      renderOption={({ option }) => (
        <ZoneOption zone={known.find(({ id }) => id === option.value)!} now={now} language={language} />
      )}
    />
  )
}

/** Names of hundreds of zones take a tenth of a second: they are made when somebody looks. */
function useKnownZones(isOpen: boolean, present: string): TimeZone[] {
  const { i18n } = useTranslation()
  const [wasOpen, setWasOpen] = useState(false)
  const [at] = useState(() => new Date())
  if (isOpen && !wasOpen) setWasOpen(true)
  return useMemo(
    () =>
      wasOpen
        ? timeZones(i18n.language, present, at)
        : [{ id: present, label: zoneLabel(present), called: '' }],
    [wasOpen, i18n.language, present, at],
  )
}

function ZoneOption({ zone, now, language }: { zone: TimeZone; now: Date; language: string }) {
  const there = timeIn(zone.id, language, now)
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" w="100%">
      <div style={{ minWidth: 0 }}>
        <Text size="sm">{zone.label}</Text>
        {zone.called && (
          <Text size="xs" c="dimmed">
            {zone.called}
          </Text>
        )}
      </div>
      {there && (
        <Text size="sm" ta="right" style={{ flexShrink: 0, fontVariantNumeric: 'tabular-nums' }}>
          {there.time}
          <Text span size="xs" c="dimmed" display="block">
            {there.offset}
          </Text>
        </Text>
      )}
    </Group>
  )
}
