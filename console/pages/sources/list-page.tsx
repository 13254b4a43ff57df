import { Button, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useMay } from '../../data/session.ts'
import { GuideLink } from '../../parts/guide-link.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { Imports } from './imports.tsx'
import { SourceList } from './source-list.tsx'

const tabs = ['sources', 'imports'] as const

/** Where records come from: other systems that call, and files. */
export function Page() {
  const { t } = useTranslation('sources')
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((name) => name === params.get('tab')) ?? 'sources'
  return (
    <Frame
      title={t('title')}
      about={
        <>
          {t('about')} <GuideLink name={tab === 'imports' ? 'import' : 'sources'} />
        </>
      }
      actions={
        may.manage &&
        tab === 'sources' && (
          <Button component={Link} to="/sources/new" leftSection={<IconPlus size={16} />}>
            {t('new.do')}
          </Button>
        )
      }
    >
      <Tabs
        keepMounted={false}
        value={tab}
        onChange={(next) => setParams(next === 'imports' ? { tab: next } : {}, { replace: true })}
      >
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Loading />}>
          <Tabs.Panel value="sources">
            <SourceList />
          </Tabs.Panel>
          <Tabs.Panel value="imports">
            <Imports />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </Frame>
  )
}
