import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../data/account.ts'
import { CopyButton } from '../../../parts/copy-button.tsx'
import { SettingsSection } from '../settings-section.tsx'
import type { AccountForm } from './use-account-form.ts'

/** What the account is called, by people and by programs. */
export function GeneralSection({ account, form }: { account: Account; form: AccountForm }) {
  const { t } = useTranslation('settings')
  const { shown, change, problem, readOnly } = form
  return (
    <SettingsSection title={t('account.general')} about={t('account.generalAbout')}>
      <Stack gap="md">
        <TextInput
          label={t('account.name')}
          required
          withAsterisk={false}
          readOnly={readOnly}
          maxLength={200}
          value={shown.name}
          error={problem('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('account.subdomain')}
          description={t('account.subdomainAbout')}
          readOnly={readOnly}
          maxLength={63}
          spellCheck={false}
          autoCapitalize="none"
          value={shown.subdomain}
          error={problem('subdomain')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => change({ subdomain: event.currentTarget.value })}
        />
        <Fact label={t('account.id')} about={t('account.idAbout')} value={account.id} />
        {account.external_id !== null && (
          <Fact
            label={t('account.externalId')}
            about={t('account.externalIdAbout')}
            value={account.external_id}
          />
        )}
      </Stack>
    </SettingsSection>
  )
}

/** Something that is given and can be copied. */
export function Fact({ label, about, value }: { label: string; about?: string; value: string }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {about && (
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      )}
      <Group gap={6} wrap="nowrap" mt={2}>
        <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {value}
        </Text>
        <CopyButton value={value} />
      </Group>
    </div>
  )
}
