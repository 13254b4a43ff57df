import { Anchor, Badge, Button, Card, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnected } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import { useMay } from '../../data/session.ts'
import { allSources, type CrmSource } from '../../data/sources.ts'
import { CardTable } from '../../parts/card-table.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import classes from './sources.module.css'

/** Calls of other systems are told by nobody, so they are looked for. */
const lookEveryMs = 10_000

/** All sources, and how they are doing. */
export function SourceList() {
  const { t } = useTranslation('sources')
  const may = useMay()
  const { data } = useSuspenseQuery({ ...allSources, refetchInterval: lookEveryMs })
  if (data.length === 0) {
    return (
      <Card withBorder>
        <Empty
          icon={IconPlugConnected}
          title={t('list.empty')}
          action={
            may.manage && (
              <Button component={Link} to="/sources/new">
                {t('new.do')}
              </Button>
            )
          }
        >
          {t('list.emptyAbout')}
        </Empty>
      </Card>
    )
  }
  return (
    <Card withBorder padding={0} style={{ overflow: 'visible' }}>
      <CardTable
        className={classes['table']}
        columns={[t('list.name'), t('address.title'), t('list.lastCall'), t('list.taken'), t('list.status')]}
      >
        {data.map((source) => (
          <Row key={source.id} source={source} />
        ))}
      </CardTable>
    </Card>
  )
}

function Row({ source }: { source: CrmSource }) {
  const { t, i18n } = useTranslation('sources')
  const { sources } = useCatalogue()
  const { id, name, adapter, url, status, calls, items, problems, last_call_at } = source
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count)
  return (
    <tr>
      <td className={classes['name']}>
        <Anchor component={Link} to={`/sources/${id}`} fw={600}>
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {sources.find((one) => one.name === adapter)?.title ?? adapter}
        </Text>
      </td>
      <td className={classes['address']} data-label={t('address.title')}>
        {url === null ? (
          <Text size="sm" c="dimmed">
            {t('address.hidden')}
          </Text>
        ) : (
          <Group gap={4} wrap="nowrap" align="flex-start">
            <Text size="sm" ff="monospace" lh={1.5}>
              {url}
            </Text>
            <CopyButton value={url} />
          </Group>
        )}
      </td>
      <td data-label={t('list.lastCall')}>
        <Text size="sm">{last_call_at === null ? t('list.neverCalled') : <Time at={last_call_at} />}</Text>
      </td>
      <td>
        <Text size="sm">{t('list.items', { count: items, number: number(items) })}</Text>
        <Text size="xs" c="dimmed">
          {t('list.calls', { count: calls, number: number(calls) })}
        </Text>
      </td>
      <td>
        <Group gap={6}>
          <StatusBadge status={status} />
          {problems > 0 && (
            <Badge
              component={Link}
              to={`/sources/${id}`}
              variant="default"
              tt="none"
              fw={600}
              style={{ cursor: 'pointer' }}
              leftSection={<IconAlertTriangle size={13} color="var(--mantine-color-yellow-7)" aria-hidden />}
            >
              {t('list.problems', { count: problems, number: number(problems) })}
            </Badge>
          )}
        </Group>
      </td>
    </tr>
  )
}
