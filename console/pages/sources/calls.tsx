import { Accordion, Badge, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconTestPipe } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmSource, type SourceCall, sourceCalls } from '../../data/sources.ts'
import { Empty } from '../../parts/empty.tsx'
import { ExchangeRequest } from '../../parts/exchange/request.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { detailText } from '../../parts/problem/text.ts'
import { Time } from '../../parts/time.tsx'

interface Props {
  source: CrmSource
  /** Opens the settings with this call to try them on. */
  onTry: ((call: SourceCall) => void) | undefined
}

/** The calls of which something was not understood, with what came and why. */
export function Calls({ source, onTry }: Props) {
  const { t } = useTranslation(['sources', 'common'])
  const list = useInfiniteQuery(sourceCalls(source.id, source.problems))
  const [opened, setOpened] = useState<string | null>(null)
  const calls = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel title={t('calls.title')} about={t('calls.about')}>
      {list.error && <ProblemAlert problem={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.isSuccess && calls.length === 0 && (
        <Empty icon={IconCircleCheck} title={source.calls === 0 ? t('calls.noneYet') : t('calls.none')}>
          {source.calls === 0 ? t('calls.noneYetAbout') : t('calls.noneAbout')}
        </Empty>
      )}
      <Accordion value={opened} onChange={setOpened} variant="separated" order={3}>
        {calls.map((call) => (
          <Accordion.Item key={call.id} value={call.id}>
            <Accordion.Control>
              <Stack gap={2} pr="xs">
                <Group gap="xs" justify="space-between" wrap="nowrap">
                  <Group gap="xs">
                    <Badge variant="default" radius="sm">
                      {call.method}
                    </Badge>
                    <Text size="sm">
                      {call.items === 0 ? t('calls.takenNothing') : t('calls.taken', { count: call.items })}
                    </Text>
                  </Group>
                  <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
                    <Time at={call.at} />
                  </Text>
                </Group>
                <Reasons call={call} first />
              </Stack>
            </Accordion.Control>
            <Accordion.Panel>
              {opened === call.id && (
                <Stack gap="md">
                  {call.problems.length > 1 && <Reasons call={call} />}
                  <ExchangeRequest
                    request={{ ...call, url: `${source.url ?? '/in/…'}${call.path}${queryText(call)}` }}
                  />
                  {onTry && (
                    <Group>
                      <Button
                        size="xs"
                        variant="default"
                        leftSection={<IconTestPipe size={14} />}
                        onClick={() => onTry(call)}
                      >
                        {t('calls.try')}
                      </Button>
                    </Group>
                  )}
                </Stack>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {list.hasNextPage && (
        <Stack mt="sm">
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('common:loadMore')}
          </Button>
        </Stack>
      )}
    </Panel>
  )
}

function queryText({ query }: SourceCall): string {
  return query === '' ? '' : `?${query}`
}

/** Why; only the first where the call is folded. */
function Reasons({ call: { problems }, first = false }: { call: SourceCall; first?: boolean }) {
  const { t } = useTranslation('sources')
  const shown = first ? problems.slice(0, 1) : problems
  const rows = shown.map((problem) => (
    <Text
      key={`${problem.path} ${problem.message}`}
      size="sm"
      component="div"
      style={{ overflowWrap: 'anywhere' }}
    >
      {problem.path !== '' && (
        <Text span inherit ff="monospace" fz="xs">
          {problem.path}:{' '}
        </Text>
      )}
      {detailText(problem, t)}
      {first && problems.length > 1 && (
        <Text span inherit c="dimmed">
          {' '}
          {t('calls.moreReasons', { count: problems.length - 1 })}
        </Text>
      )}
    </Text>
  ))
  if (first) return rows
  return (
    <List size="sm">
      {rows.map((row) => (
        <List.Item key={row.key}>{row}</List.Item>
      ))}
    </List>
  )
}
