import { Alert, Badge, Group, List, Loader, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle, IconEyeOff, IconListSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SourceType } from '../../data/catalogue.ts'
import { ApiProblem, type ProblemDetail } from '../../data/client.ts'
import type { JsonObject } from '../../data/json.ts'
import { type SourcePreview, sourcePreview } from '../../data/sources.ts'
import { Empty } from '../../parts/empty.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { detailText } from '../../parts/problem/text.ts'
import { FoundItem } from './found-item.tsx'
import { triedCall, type WrittenCall } from './written-call.ts'

/** As long after the last key it is tried. */
export const typingMs = 400
const itemsShown = 10

interface Props {
  type: SourceType
  options: JsonObject
  call: WrittenCall
}

/** What the settings make of the sample call: records, activities, and what was not understood. */
export function Preview({ type, options, call }: Props) {
  const { t } = useTranslation('sources')
  const [tried] = useDebouncedValue(call, typingMs)
  const [set] = useDebouncedValue(options, typingMs)
  const asked = tried.body.trim() !== ''
  const query = useQuery({ ...sourcePreview(type.name, set, triedCall(tried)), enabled: asked })
  const invalid = query.error instanceof ApiProblem && query.error.code === 'invalid' ? query.error : null
  return (
    <Panel
      title={t('preview.title')}
      about={t('preview.about')}
      actions={query.isFetching && <Loader size="xs" />}
    >
      <div aria-live="polite">
        {!asked && (
          <Empty icon={IconListSearch} title={t('preview.empty')}>
            {t('preview.emptyAbout')}
          </Empty>
        )}
        {asked && invalid && <NotReady details={invalid.errors} />}
        {asked && query.error && !invalid && (
          <ProblemAlert problem={query.error} retry={() => void query.refetch()} />
        )}
        {asked && !query.error && query.data && <Result preview={query.data} />}
      </div>
    </Panel>
  )
}

function NotReady({ details }: { details: ProblemDetail[] }) {
  const { t } = useTranslation('sources')
  return (
    <Alert color="yellow" variant="light" title={t('preview.notReady')} icon={<IconAlertTriangle />}>
      <List size="sm">
        {details.map((detail) => (
          <List.Item key={`${detail.path} ${detail.message}`}>{detailText(detail, t)}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function Result({ preview: { items, problems, ignored, answer, mapping } }: { preview: SourcePreview }) {
  const { t } = useTranslation('sources')
  const missed = [
    ...new Set(mapping?.rows.filter(({ found }) => !found).map(({ to, from }) => `${to} ← ${from}`)),
  ]
  return (
    <Stack gap="sm">
      <Text fw={600} size="sm">
        {items.length === 0 ? t('preview.foundNothing') : t('preview.found', { count: items.length })}
      </Text>
      {items.slice(0, itemsShown).map((item, index) => (
        <FoundItem key={index} item={item} />
      ))}
      {items.length > itemsShown && (
        <Text size="sm" c="dimmed">
          {t('preview.more', { count: items.length - itemsShown })}
        </Text>
      )}
      {problems.length > 0 && (
        <Alert color="red" variant="light" title={t('preview.problems')} icon={<IconAlertTriangle />}>
          <Remarks details={problems} />
        </Alert>
      )}
      {ignored.length > 0 && (
        <Alert color="gray" variant="light" title={t('preview.ignored')} icon={<IconEyeOff />}>
          <Remarks details={ignored} />
        </Alert>
      )}
      {missed.length > 0 && (
        <div>
          <Text size="sm">{t('preview.missed')}</Text>
          <List size="xs" ff="monospace">
            {missed.map((row) => (
              <List.Item key={row}>{row}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('preview.answer')}
        </Text>
        <Badge variant="default" ff="monospace">
          {answer.status}
        </Badge>
      </Group>
    </Stack>
  )
}

function Remarks({ details }: { details: ProblemDetail[] }) {
  const { t } = useTranslation('sources')
  return (
    <List size="sm">
      {details.map((detail) => (
        <List.Item key={`${detail.path} ${detail.message}`}>
          {detail.path !== '' && (
            <Text span size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {detail.path}:{' '}
            </Text>
          )}
          {detailText(detail, t)}
        </List.Item>
      ))}
    </List>
  )
}
