import { Alert, Chip, Group, List, NumberInput, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { SettingsSection } from '../settings-section.tsx'
import { retentionDaysMax, retentionDaysMin } from './account-draft.ts'
import type { AccountForm } from './use-account-form.ts'

const usual = [30, 90, 365]

/** How long history is kept, and what that deletes. */
export function HistorySection({ form }: { form: AccountForm }) {
  const { t } = useTranslation('settings')
  const { shown, change, problem, readOnly, shortens } = form
  const { retention_days: days } = shown
  return (
    <SettingsSection title={t('account.history')} about={t('account.historyAbout')}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <NumberInput
            label={t('account.retention')}
            suffix={` ${t('account.days', { count: Number(days) || 0 })}`}
            readOnly={readOnly}
            min={retentionDaysMin}
            max={retentionDaysMax}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            w={200}
            value={days}
            error={problem('retention_days')}
            onChange={(value) => change({ retention_days: value === '' ? '' : Number(value) })}
          />
          {!readOnly && (
            <Group gap={6} pb={3} role="group" aria-label={t('account.usual')}>
              {usual.map((count) => (
                <Chip
                  key={count}
                  size="xs"
                  variant="outline"
                  checked={days === count}
                  onChange={() => change({ retention_days: count })}
                >
                  {t('account.dayCount', { count })}
                </Chip>
              ))}
            </Group>
          )}
        </Group>
        {shortens && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle />}>
            {t('account.shorten.about', { count: Number(days) })}
          </Alert>
        )}
        <Consequences title={t('account.goes')} items={t('account.goesItems', { returnObjects: true })} />
        <Consequences title={t('account.stays')} items={t('account.staysItems', { returnObjects: true })} />
      </Stack>
    </SettingsSection>
  )
}

function Consequences({ title, items }: { title: string; items: string[] }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <List size="sm" c="dimmed" spacing={2}>
        {items.map((item) => (
          <List.Item key={item}>{item}</List.Item>
        ))}
      </List>
    </div>
  )
}
