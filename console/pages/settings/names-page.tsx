import { Badge, Tabs } from '@mantine/core'
import { useSuspenseQueries } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { accountFields } from '../../data/fields.ts'
import { allPipelines } from '../../data/pipelines.ts'
import { allUsers } from '../../data/users.ts'
import { Loading } from '../../parts/loading.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { FieldsTab } from './names/fields-tab.tsx'
import { KindsTab } from './names/kinds-tab.tsx'
import { PeopleTab } from './names/people-tab.tsx'
import { waitingOf } from './names/waiting.ts'
import { WaitingTab } from './names/waiting-tab.tsx'

const tabs = ['waiting', 'fields', 'people', 'kinds'] as const
type Tab = (typeof tabs)[number]

/** What things are called: what records brought and nobody has named first, then everything that has a name. */
export function Page() {
  const { t } = useTranslation('settings')
  const [params, setParams] = useSearchParams()
  const [pipelines, fields, users] = useSuspenseQueries({
    queries: [allPipelines, accountFields(), allUsers],
    combine: (results) => [results[0].data, results[1].data, results[2].data] as const,
  })
  const waiting = waitingOf(pipelines, fields, users)
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'waiting'
  const show = (next: Tab, kind?: string) =>
    setParams({ ...(next === 'waiting' ? {} : { tab: next }), ...(kind ? { kind } : {}) }, { replace: true })

  return (
    <Frame title={t('names.title')} about={t('names.about')}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(picked) => show(tabs.find((one) => one === picked) ?? 'waiting')}
      >
        <Tabs.List mb="md">
          <Tabs.Tab
            value="waiting"
            rightSection={
              waiting.count > 0 && (
                <Badge size="sm" variant="default" fw={600}>
                  {waiting.count}
                </Badge>
              )
            }
          >
            {t('names.tab.waiting')}
          </Tabs.Tab>
          {tabs.slice(1).map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`names.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Loading />}>
          <Tabs.Panel value="waiting">
            <WaitingTab waiting={waiting} />
          </Tabs.Panel>
          <Tabs.Panel value="fields">
            <FieldsTab kind={params.get('kind')} onKind={(kind) => show('fields', kind)} />
          </Tabs.Panel>
          <Tabs.Panel value="people">
            <PeopleTab users={users} />
          </Tabs.Panel>
          <Tabs.Panel value="kinds">
            <KindsTab />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </Frame>
  )
}
