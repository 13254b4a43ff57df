import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconBolt,
  IconBook2,
  IconDoorExit,
  IconHelp,
  IconHistory,
  IconLayoutDashboard,
  IconLayoutKanban,
  IconPlugConnected,
  IconSettings,
  IconTestPipe,
  IconUserCircle,
  IconWebhook,
} from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink as RouterLink, Outlet, useLocation } from 'react-router'
import { Arrival } from './arrival.tsx'
import { useMember, useSignOut } from './data/session.ts'
import { ColorSchemeButton } from './parts/color-scheme-button.tsx'
import { LanguageMenu } from './parts/language-menu.tsx'
import { Loading } from './parts/loading.tsx'
import { Logo } from './parts/logo.tsx'
import { Search } from './parts/search.tsx'
import { Unreachable } from './unreachable.tsx'

const main = [
  { to: '/', key: 'nav.overview', icon: IconLayoutDashboard },
  { to: '/pipelines', key: 'nav.pipelines', icon: IconLayoutKanban, also: '/records' },
  { to: '/webhooks', key: 'nav.webhooks', icon: IconWebhook },
  { to: '/history', key: 'nav.history', icon: IconHistory, also: '/replays' },
  { to: '/events', key: 'nav.events', icon: IconBolt },
  { to: '/inspector', key: 'nav.inspector', icon: IconTestPipe },
  { to: '/sources', key: 'nav.sources', icon: IconPlugConnected },
] as const

const settings = [
  { to: '/settings/account', key: 'nav.account' },
  { to: '/settings/members', key: 'nav.members' },
  { to: '/settings/tokens', key: 'nav.tokens' },
  { to: '/settings/names', key: 'nav.names' },
  { to: '/settings/audit', key: 'nav.audit' },
] as const

/** The frame of every page: navigation on the left, search, language and oneself on top. */
export function Shell() {
  const { t, i18n } = useTranslation()
  const [opened, { toggle, close }] = useDisclosure()
  const { pathname } = useLocation()
  const under = (path: string) =>
    path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger hiddenFrom="sm" size="sm" opened={opened} onClick={toggle} aria-label={t('nav.menu')} />
            <UnstyledButton component={Link} to="/" aria-label="Hookline">
              <Logo />
            </UnstyledButton>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Search />
            <LanguageMenu />
            <ColorSchemeButton />
            <MemberMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav.label')}>
        <AppShell.Section grow component={ScrollArea}>
          {main.map(({ to, key, icon: Icon, ...rest }) => (
            <NavLink
              key={to}
              component={RouterLink}
              to={to}
              onClick={close}
              label={t(key)}
              leftSection={<Icon size={18} stroke={1.7} />}
              active={under(to) || ('also' in rest && under(rest.also))}
              variant="light"
              my={2}
            />
          ))}
          <NavLink
            component="button"
            label={t('nav.settings')}
            leftSection={<IconSettings size={18} stroke={1.7} />}
            defaultOpened={under('/settings')}
            my={2}
          >
            {settings.map(({ to, key }) => (
              <NavLink
                key={to}
                component={RouterLink}
                to={to}
                onClick={close}
                label={t(key)}
                active={under(to)}
                variant="light"
              />
            ))}
          </NavLink>
        </AppShell.Section>
        <AppShell.Section>
          <NavLink
            component="a"
            href={`/docs/guide?language=${i18n.language}`}
            target="_blank"
            label={t('nav.guides')}
            leftSection={<IconHelp size={18} stroke={1.7} />}
          />
          <NavLink
            component="a"
            href="/docs"
            target="_blank"
            label={t('nav.reference')}
            leftSection={<IconBook2 size={18} stroke={1.7} />}
          />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Unreachable />
        <Arrival />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  )
}

function MemberMenu() {
  const { t } = useTranslation()
  const { name, email, role } = useMember()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('nav.member')}>
          <IconUserCircle size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="bright" style={{ overflowWrap: 'anywhere' }}>
            {name || email}
          </Text>
          {email} · {t(`role.${role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings/profile" leftSection={<IconUserCircle size={16} />}>
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={() => signOut.mutate()}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
