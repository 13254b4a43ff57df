import { Alert, Badge, Button, Group, Menu, SimpleGrid, Stack, Tabs, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconPower, IconTrash } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import { useMay } from '../../data/session.ts'
import {
  type CrmSource,
  type SourceCall,
  sourceQuery,
  useChangeSource,
  useDeleteSource,
} from '../../data/sources.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { Address } from './address.tsx'
import { Calls } from './calls.tsx'
import { SourceForm } from './source-form.tsx'
import { Visitors } from './visitors.tsx'
import { type WrittenCall, writeHeaders } from './written-call.ts'

const tabs = ['calls', 'settings'] as const
/** Calls of other systems are told by nobody, so they are looked for. */
const lookEveryMs = 5_000

/** One source: where to send, how it is doing, what it did not understand, and its settings. */
export function SourceView({ id }: { id: string }) {
  // What the tabs say is loaded with the page: words that come later would put it out of sight for a moment.
  const { t } = useTranslation(['sources', 'common', 'exchange', 'form'])
  const may = useMay()
  const { sources } = useCatalogue()
  const [params, setParams] = useSearchParams()
  const { data: source } = useSuspenseQuery({ ...sourceQuery(id), refetchInterval: lookEveryMs })
  const change = useChangeSource()
  const [tried, setTried] = useState<SourceCall | null>(null)
  const type = sources.find(({ name }) => name === source.adapter)
  const tab = tabs.find((name) => name === params.get('tab')) ?? 'calls'
  const open = (next: string | null) => setParams(next === 'settings' ? { tab: next } : {}, { replace: true })
  const isOff = source.status === 'disabled'
  const turn = (status: CrmSource['status']) => change.mutate({ id, status })

  return (
    <Frame
      title={source.name}
      about={type?.title ?? source.adapter}
      badge={<StatusBadge status={source.status} />}
      trail={[{ title: t('title'), to: '/sources' }]}
      actions={may.manage && <Actions source={source} onTurn={turn} turning={change.isPending} />}
    >
      {change.error && change.variables.status && <ProblemAlert problem={change.error} />}
      {isOff && (
        <Alert color="gray" title={t('off.title')} icon={<IconPower />}>
          <Group justify="space-between">
            <Text size="sm">{t('off.about')}</Text>
            {may.manage && (
              <Button size="xs" loading={change.isPending} onClick={() => turn('active')}>
                {t('off.on')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <Address source={source} />
      {source.token !== null && source.adapter === 'site-tracker' && <Visitors source={source} />}
      <Figures source={source} />
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab
            value="calls"
            rightSection={
              source.problems > 0 && (
                <Badge size="sm" variant="default" circle={source.problems < 10}>
                  {source.problems}
                </Badge>
              )
            }
          >
            {t('calls.title')}
          </Tabs.Tab>
          <Tabs.Tab value="settings">{t('settings.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="calls">
          <Calls
            source={source}
            onTry={
              type?.has_preview && may.manage
                ? (call) => {
                    setTried(call)
                    open('settings')
                  }
                : undefined
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          {type && (
            <SourceForm
              // Another call to try begins anew; what is saved stays as it stands.
              key={tried?.id ?? ''}
              type={type}
              start={{ name: source.name, options: source.options }}
              call={tried ? written(tried) : undefined}
              readOnly={!may.manage}
              problem={change.variables?.status ? null : change.error}
              saving={change.isPending}
              saveLabel={t('common:save')}
              onSave={({ name, options }) =>
                change.mutate(
                  { id, name, options },
                  { onSuccess: () => notifications.show({ message: t('common:saved') }) },
                )
              }
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </Frame>
  )
}

function written({ headers, body }: SourceCall): WrittenCall {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
  return { contentType, headers: writeHeaders(headers), body: body ?? '' }
}

interface ActionsProps {
  source: CrmSource
  onTurn: (status: CrmSource['status']) => void
  turning: boolean
}

function Actions({ source: { id, name, status }, onTurn, turning }: ActionsProps) {
  const { t } = useTranslation(['sources', 'common'])
  const navigate = useNavigate()
  const remove = useDeleteSource()
  const askToRemove = () =>
    confirmDanger({
      title: t('remove.title', { name }),
      about: t('remove.about'),
      yes: t('common:delete'),
      no: t('common:cancel'),
      onYes: () =>
        remove.mutate(id, {
          onSuccess() {
            notifications.show({ message: t('remove.done', { name }) })
            void navigate('/sources')
          },
        }),
    })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={16} />}
          loading={turning || remove.isPending}
        >
          {t('common:actions')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPower size={16} />}
          onClick={() => onTurn(status === 'active' ? 'disabled' : 'active')}
        >
          {status === 'active' ? t('off.off') : t('off.on')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
          leftSection={<IconTrash size={16} />}
          onClick={askToRemove}
        >
          {t('common:delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Figures({ source: { calls, items, problems, last_call_at } }: { source: CrmSource }) {
  const { t, i18n } = useTranslation('sources')
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count)
  const figures = [
    { title: t('figures.calls'), value: number(calls) },
    { title: t('figures.items'), value: number(items) },
    { title: t('figures.problems'), value: number(problems) },
    {
      title: t('list.lastCall'),
      value: last_call_at === null ? t('list.neverCalled') : <Time at={last_call_at} />,
    },
  ]
  return (
    <Panel>
      <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0} spacing="md">
        {figures.map(({ title, value }) => (
          <Stack key={title} gap={0}>
            <Text component="dt" size="sm" c="dimmed">
              {title}
            </Text>
            <Text component="dd" m={0} fw={650} size="lg">
              {value}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
    </Panel>
  )
}
