import { Anchor, Stack, Text } from '@mantine/core'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import type { CrmEvent } from '../../data/events.ts'
import type { Json } from '../../data/json.ts'
import { type RecordNames, RecordValue } from '../../parts/record/value.tsx'
import { useDataTitle } from './data-title.ts'

/** What an activity says: who wrote, about what, for how long. Nothing of events that are changes of fields. */
export function ActivityData({ event, names }: { event: CrmEvent; names: RecordNames }) {
  const titleOf = useDataTitle()
  const type = findEventType(useCatalogue(), event.type)
  if (!type?.activity) return null
  const entries = Object.entries(event.data).filter(([, value]) => value !== null && value !== '')
  if (entries.length === 0) return null
  return (
    <Stack gap={2}>
      {entries.map(([name, value]) => (
        <Text key={name} component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text span inherit c="dimmed">
            {titleOf(name)}:
          </Text>{' '}
          {isAddress(value) ? (
            <Anchor href={value} target="_blank" rel="noreferrer" inherit>
              {value}
            </Anchor>
          ) : (
            <RecordValue
              value={value}
              field={{ name, type: type.data[name] ?? 'text', links: null }}
              kind={event.record.kind}
              names={names}
            />
          )}
        </Text>
      ))}
    </Stack>
  )
}

/** Only web addresses become links: data comes from outside. */
function isAddress(value: Json): value is string {
  return typeof value === 'string' && /^https?:\/\/\S+$/.test(value)
}
