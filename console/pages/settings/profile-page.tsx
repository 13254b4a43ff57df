import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDoorExit } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeMyself, useMember, useSignOut } from '../../data/session.ts'
import { speak } from '../../i18n/index.ts'
import { isLanguage, languages } from '../../i18n/languages.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import { PasswordForm } from './profile/password-form.tsx'
import { SettingsSection } from './settings-section.tsx'

/** Oneself: name, language, password. */
export function Page() {
  const { t } = useTranslation(['settings', 'common'])
  const { email, role } = useMember()
  const signOut = useSignOut()
  return (
    <Frame title={t('profile.title')} about={t('profile.about')}>
      <Stack gap="xl">
        <SettingsSection title={t('profile.you')} about={t('profile.youAbout')}>
          <Stack gap="md">
            <NameForm />
            <TextInput
              readOnly
              type="email"
              label={t('profile.email')}
              description={t('profile.emailAbout')}
              value={email}
            />
            <div>
              <Text size="sm" fw={500}>
                {t('profile.role')}
              </Text>
              <Text size="sm">
                {t(`common:role.${role}`)}. {t(`role.about.${role}`)}
              </Text>
            </div>
          </Stack>
        </SettingsSection>
        <SettingsSection title={t('profile.language')} about={t('profile.languageAbout')}>
          <LanguageSelect />
        </SettingsSection>
        <SettingsSection title={t('profile.password')} about={t('profile.passwordAbout')}>
          <PasswordForm />
        </SettingsSection>
        <SettingsSection title={t('profile.session')} about={t('profile.sessionAbout')}>
          <Button
            variant="default"
            leftSection={<IconDoorExit size={16} />}
            loading={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            {t('common:nav.signOut')}
          </Button>
        </SettingsSection>
      </Stack>
    </Frame>
  )
}

function NameForm() {
  const { t } = useTranslation(['settings', 'common'])
  const { name } = useMember()
  const change = useChangeMyself()
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? name
  const wanted = shown.trim()
  const differs = wanted !== name

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!differs || wanted === '') return
    change.mutate(
      { name: wanted },
      {
        onSuccess() {
          setTyped(undefined)
          notifications.show({ message: t('common:saved') })
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard unsaved={differs && !change.isPending} />
      <Group align="flex-start" gap="xs">
        <TextInput
          label={t('profile.name')}
          autoComplete="name"
          maxLength={200}
          value={shown}
          error={wanted === '' ? t('profile.nameNeeded') : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
          style={{ flex: '1 1 14rem' }}
        />
        {differs && (
          <Group gap="xs" mt={{ base: 0, xs: 25 }}>
            <Button type="submit" loading={change.isPending} disabled={wanted === ''}>
              {t('common:save')}
            </Button>
            <Button variant="default" onClick={() => setTyped(undefined)}>
              {t('common:cancel')}
            </Button>
          </Group>
        )}
      </Group>
    </form>
  )
}

/** The console speaks it at once, here and wherever one signs in next. */
function LanguageSelect() {
  const { t, i18n } = useTranslation('settings')
  const change = useChangeMyself()
  return (
    <Select
      label={t('profile.languageLabel')}
      allowDeselect={false}
      maw={320}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      value={i18n.language}
      onChange={(language) => {
        if (!isLanguage(language)) return
        void speak(language)
        change.mutate({ language })
      }}
    />
  )
}
