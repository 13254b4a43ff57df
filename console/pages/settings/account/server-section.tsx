import { Anchor, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../data/account.ts'
import { GuideLink } from '../../../parts/guide-link.tsx'
import { Time } from '../../../parts/time.tsx'
import { SettingsSection } from '../settings-section.tsx'
import { Fact } from './general-section.tsx'

/** What programs need to reach this server, and operators to know it. */
export function ServerSection({ account }: { account: Account }) {
  const { t } = useTranslation('settings')
  return (
    <SettingsSection
      title={t('account.server')}
      about={
        <>
          {t('account.serverAbout')} <GuideLink name="operations" />
        </>
      }
    >
      <Stack gap="md">
        <Fact label={t('account.api')} value={`${window.location.origin}/v1`} />
        <Fact
          label={t('account.health')}
          about={t('account.healthAbout')}
          value={`${window.location.origin}/readyz`}
        />
        <div>
          <Text size="sm" fw={500}>
            {t('account.madeAt')}
          </Text>
          <Text size="sm">
            <Time at={account.created_at} show="moment" />
          </Text>
        </div>
        <Text size="sm">
          <Anchor href="/docs" target="_blank" inherit>
            {t('account.reference')}
          </Anchor>
        </Text>
      </Stack>
    </SettingsSection>
  )
}
