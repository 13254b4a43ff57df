import { Chip, Group, Radio, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeZone } from '../../data/session.ts'
import type { ActiveHours } from '../../data/webhooks.ts'
import { dayName } from './delivery-summaries.ts'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { useField, useProblemAt } from './use-field.ts'

const week = [1, 2, 3, 4, 5, 6, 7]

/** When it may send. */
export function HoursFields() {
  const { t } = useTranslation('form')
  const { readOnly } = useWebhookForm()
  const timeZone = useTimeZone()
  const { value: hours, set, input } = useField<ActiveHours | null>('active_hours')
  return (
    <Stack gap="md">
      <Switch
        {...input}
        label={t('hours.only')}
        checked={hours !== null}
        onChange={(ticked) =>
          set(
            ticked.currentTarget.checked
              ? { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', time_zone: timeZone, outside: 'hold' }
              : null,
          )
        }
      />
      {hours !== null && <Window hours={hours} readOnly={readOnly} />}
    </Stack>
  )
}

function Window({ hours, readOnly }: { hours: ActiveHours; readOnly: boolean }) {
  const { t, i18n } = useTranslation('form')
  const { set } = useWebhookForm()
  const problemAt = useProblemAt()
  const zones = useMemo(() => zonesWith(hours.time_zone), [hours.time_zone])
  const daysProblem = problemAt('active_hours.days')
  const overnight = hours.to <= hours.from && hours.to !== '24:00'
  return (
    <>
      <div data-field="active_hours.days" role="group" aria-label={t('field.days')}>
        <Text size="sm" fw={500} mb={6}>
          {t('field.days')}
        </Text>
        <Chip.Group
          multiple
          value={hours.days.map(String)}
          onChange={(days) =>
            set(
              'active_hours.days',
              days.map(Number).toSorted((a, b) => a - b),
            )
          }
        >
          <Group gap={6}>
            {week.map((day) => (
              <Chip key={day} value={String(day)} size="xs" variant="outline" disabled={readOnly}>
                {dayName(day, i18n.language)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {daysProblem && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert" mt={4}>
            {daysProblem}
          </Text>
        )}
      </div>
      <div className={classes.two}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            type="time"
            label={t('field.from')}
            value={hours.from}
            disabled={readOnly}
            error={problemAt('active_hours.from')}
            data-field="active_hours.from"
            style={{ flex: 1 }}
            onChange={(typed) => set('active_hours.from', typed.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={t('field.to')}
            // What the server writes for the end of the day no clock shows.
            value={hours.to === '24:00' ? '00:00' : hours.to}
            disabled={readOnly}
            error={problemAt('active_hours.to')}
            data-field="active_hours.to"
            style={{ flex: 1 }}
            onChange={(typed) => {
              const to = typed.currentTarget.value
              set('active_hours.to', to === '00:00' ? '24:00' : to)
            }}
          />
        </Group>
        <Select
          label={t('field.timeZone')}
          searchable
          data={zones}
          value={hours.time_zone}
          allowDeselect={false}
          disabled={readOnly}
          error={problemAt('active_hours.time_zone')}
          data-field="active_hours.time_zone"
          limit={100}
          onChange={(picked) => picked !== null && set('active_hours.time_zone', picked)}
        />
      </div>
      {overnight && (
        <Text size="xs" c="dimmed">
          {t('hours.overnight')}
        </Text>
      )}
      <Radio.Group
        label={t('hours.outside')}
        value={hours.outside}
        onChange={(picked) => set('active_hours.outside', picked)}
      >
        <Stack gap="sm" mt={6} data-field="active_hours.outside">
          <Radio
            value="hold"
            label={t('hours.hold')}
            description={t('hours.holdAbout')}
            disabled={readOnly}
          />
          <Radio
            value="skip"
            label={t('hours.skip')}
            description={t('hours.skipAbout')}
            disabled={readOnly}
          />
        </Stack>
      </Radio.Group>
    </>
  )
}

/** All that the browser knows, and the one that is set. */
function zonesWith(current: string): string[] {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return zones.includes(current) ? zones : [current, ...zones]
}
