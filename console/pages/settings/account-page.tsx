import { Select, Stack, Switch } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { accountQuery } from '../../data/account.ts'
import { isLanguage, languages } from '../../i18n/languages.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { DemoSection } from './account/demo-section.tsx'
import { GeneralSection } from './account/general-section.tsx'
import { HistorySection } from './account/history-section.tsx'
import { ServerSection } from './account/server-section.tsx'
import { TimeZoneSelect } from './account/time-zone-select.tsx'
import { type AccountForm, useAccountForm } from './account/use-account-form.ts'
import { ReadOnlyNote } from './read-only-note.tsx'
import { SaveBar } from './save-bar.tsx'
import { SettingsSection } from './settings-section.tsx'

/** The account: what it is called, its clock and language, how long history is kept, what records may bring. */
export function Page() {
  const { t } = useTranslation(['settings', 'common'])
  const { data: account } = useSuspenseQuery(accountQuery)
  const form = useAccountForm(account)
  return (
    <Frame title={t('account.title')} about={t('account.about')}>
      {form.readOnly && <ReadOnlyNote>{t('account.readOnly')}</ReadOnlyNote>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (form.blocked) event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
          else form.submit()
        }}
      >
        <Stack gap="xl">
          <GeneralSection account={account} form={form} />
          <PlaceSection form={form} />
          <HistorySection form={form} />
          <StrictSection form={form} />
          {form.refused && <ProblemAlert problem={form.refused} />}
          <SaveBar
            changes={form.changes}
            problem={form.blocked}
            saving={form.saving}
            onDiscard={form.discard}
          />
        </Stack>
      </form>
      <Stack gap="xl" mt="sm">
        <DemoSection />
        <ServerSection account={account} />
      </Stack>
    </Frame>
  )
}

/** Where the team is: its clock and its language. */
function PlaceSection({ form }: { form: AccountForm }) {
  const { t } = useTranslation('settings')
  const { shown, change, problem, readOnly } = form
  return (
    <SettingsSection title={t('account.place')} about={t('account.placeAbout')}>
      <Stack gap="md">
        <TimeZoneSelect
          value={shown.time_zone}
          readOnly={readOnly}
          error={problem('time_zone')}
          onChange={(zone) => change({ time_zone: zone })}
        />
        <Select
          label={t('account.language')}
          description={t('account.languageAbout')}
          allowDeselect={false}
          readOnly={readOnly}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          value={shown.language}
          error={problem('language')}
          onChange={(language) => isLanguage(language) && change({ language })}
        />
      </Stack>
    </SettingsSection>
  )
}

/** Whether records may bring what nobody declared. */
function StrictSection({ form }: { form: AccountForm }) {
  const { t } = useTranslation('settings')
  const { shown, change, problem, readOnly } = form
  return (
    <SettingsSection title={t('account.unknown')} about={t('account.unknownAbout')}>
      <Switch
        label={t('account.strict')}
        description={shown.strict ? t('account.strictOn') : t('account.strictOff')}
        disabled={readOnly}
        checked={shown.strict}
        error={problem('strict')}
        onChange={(event) => change({ strict: event.currentTarget.checked })}
      />
    </SettingsSection>
  )
}
