import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../../data/session.ts'
import { momentOf, wallClock } from '../zone-time.ts'
import { type Span, spanBounds } from './span.ts'

interface Props {
  value: Span | null
  onPick: (since: string | null, until: string | null) => void
}

/** From one minute to another, by the clocks of the account: "yesterday at two" is less than a day. */
export function FilterMoments({ value, onPick }: Props) {
  const { t } = useTranslation('history')
  const timeZone = useTimeZone()
  const [[since, until], setWall] = useState(() => {
    const bounds = value && !('preset' in value) ? spanBounds(value, 0, timeZone) : {}
    return [wallOf(bounds.since, timeZone), wallOf(bounds.until, timeZone)] as const
  })
  const isBackwards = since !== '' && until !== '' && until <= since
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isBackwards) onPick(instantOf(since, timeZone), instantOf(until, timeZone))
  }
  return (
    <form onSubmit={submit}>
      <Stack gap={6}>
        <TextInput
          type="datetime-local"
          size="xs"
          label={t('filter.momentSince')}
          value={since}
          onChange={({ currentTarget }) => setWall([currentTarget.value, until])}
        />
        <TextInput
          type="datetime-local"
          size="xs"
          label={t('filter.momentUntil')}
          value={until}
          error={isBackwards && t('filter.backwards')}
          onChange={({ currentTarget }) => setWall([since, currentTarget.value])}
        />
        <Group justify="flex-end">
          <Button type="submit" size="xs" disabled={(since === '' && until === '') || isBackwards}>
            {t('filter.show')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** As the field has it: `2026-11-20T09:30`. */
function wallOf(moment: string | undefined, timeZone: string): string {
  if (moment === undefined) return ''
  const { day, time } = wallClock(moment, timeZone)
  return `${day}T${time}`
}

function instantOf(wall: string, timeZone: string): string | null {
  const [day, time] = wall.split('T')
  return day && time ? momentOf({ day, time: time.slice(0, 5) }, timeZone) : null
}
