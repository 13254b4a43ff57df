import { Alert, Badge, Stack } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../../data/catalogue.ts'
import { eventList } from '../../data/events.ts'
import { recordName } from '../../data/records.ts'
import { NotFound } from '../../parts/not-found.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { RecordTimeline } from './timeline.tsx'
import { useRecordNames } from './use-record-names.tsx'

/** In the place of a record that nobody has written, and that events speak of all the same. */
export function OnlyNamed({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useTranslation('pipelines')
  const names = useRecordNames()
  const { data } = useSuspenseInfiniteQuery(eventList({ record_kind: kind.name, record_id: id }))
  const newest = data.pages[0]?.items[0]
  if (!newest) return <NotFound />
  return (
    <Page
      title={recordName({ id, fields: newest.current })}
      badge={
        <Badge variant="light" tt="none">
          {kind.title}
        </Badge>
      }
      trail={[
        { title: t('title'), to: '/pipelines' },
        { title: kind.plural, to: `/records/${encodeURIComponent(kind.name)}` },
      ]}
    >
      <Stack gap="md">
        <Alert variant="light" icon={<IconInfoCircle />} title={t('record.onlyNamed')}>
          {t('record.onlyNamedAbout')}
        </Alert>
        <Panel title={t('timeline.title')}>
          <RecordTimeline kind={kind.name} id={id} names={names} />
        </Panel>
      </Stack>
    </Page>
  )
}
