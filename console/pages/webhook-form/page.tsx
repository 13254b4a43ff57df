import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import { useMay } from '../../data/session.ts'
import { webhookQuery } from '../../data/webhooks.ts'
import { Empty } from '../../parts/empty.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page as PageFrame } from '../../parts/page.tsx'
import { Form } from './form.tsx'
import { Gallery } from './gallery.tsx'
import { fillsIn, settingsOf, settingsOfPreset, withLink } from './start-settings.ts'

export function Page() {
  const { id } = useParams()
  return id === undefined ? <NewWebhook /> : <EditWebhook key={id} id={id} />
}

/** A preset first, then the form. What fills the form in stands in the address, so that it can be linked to. */
function NewWebhook() {
  const { t } = useTranslation(['form', 'common'])
  const may = useMay()
  const [link] = useSearchParams()
  const catalogue = useCatalogue()
  const name = link.get('preset')
  const preset = catalogue.presets.find((one) => one.name === name) ?? null
  const initial = useMemo(
    () => withLink(settingsOfPreset(preset, catalogue), link),
    [preset, catalogue, link],
  )
  const started = preset !== null || name === 'none' || fillsIn(link)
  if (may.manage && started) {
    return <Form key={link.toString()} initial={initial} saved={null} preset={preset} />
  }
  return (
    <PageFrame
      title={t('title.new')}
      about={may.manage ? t('start.about') : undefined}
      trail={[{ title: t('common:nav.webhooks'), to: '/webhooks' }]}
    >
      {may.manage ? (
        <Gallery />
      ) : (
        <Empty icon={IconLock} title={t('viewer.title')}>
          {t('viewer.about')}
        </Empty>
      )}
    </PageFrame>
  )
}

function EditWebhook({ id }: { id: string }) {
  // What is edited must be what is there now, not what a list showed a while ago.
  const { data, error, isFetchedAfterMount } = useQuery({ ...webhookQuery(id), staleTime: 0 })
  if (error && !data) throw error
  if (!data || !isFetchedAfterMount) return <Loading />
  return <Form initial={settingsOf(data)} saved={data} preset={null} />
}
