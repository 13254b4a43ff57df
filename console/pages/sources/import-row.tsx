import { Badge, Button, Card, Group, Progress, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { type RecordImport, useCancelImport } from '../../data/imports.ts'
import { useMay } from '../../data/session.ts'
import { confirmDanger } from '../../parts/confirm.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { Time } from '../../parts/time.tsx'
import { RefusedLines } from './refused-lines.tsx'

/** One import: how far it is, what came of it, and which lines were refused. */
export function ImportRow({ one }: { one: RecordImport }) {
  const { t, i18n } = useTranslation(['sources', 'common'])
  const may = useMay()
  const { kinds } = useCatalogue()
  const cancel = useCancelImport()
  const [opened, { toggle }] = useDisclosure()
  const { id, kind, format, fire, state, lines_total, lines_done, failed, created_at } = one
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count)
  const percent = lines_total === 0 ? 100 : Math.round((lines_done / lines_total) * 100)
  const title = kinds.find(({ name }) => name === kind)?.plural ?? kind
  const ask = () =>
    confirmDanger({
      title: t('imports.cancelTitle'),
      about: t('imports.cancelAbout'),
      yes: t('imports.cancel'),
      no: t('imports.goOn'),
      onYes: () => cancel.mutate(id),
    })
  return (
    <Card withBorder padding="sm" data-testid="import">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Text fw={600}>{title}</Text>
            <Badge variant="default" radius="sm">
              {format}
            </Badge>
            <StatusBadge status={state} />
          </Group>
          <Text size="sm" c="dimmed">
            <Time at={created_at} />
          </Text>
        </Group>
        {state === 'running' && (
          <Progress value={percent} animated aria-label={t('imports.progress', { percent })} />
        )}
        <Text size="sm" aria-live={state === 'running' ? 'polite' : 'off'}>
          {t('imports.done', { done: number(lines_done), total: number(lines_total) })}
          {' · '}
          {t('imports.created', { number: number(one.created) })}
          {' · '}
          {t('imports.updated', { number: number(one.updated) })}
          {' · '}
          {t('imports.unchanged', { number: number(one.unchanged) })}
          {' · '}
          {fire ? t('imports.events', { number: number(one.events) }) : t('imports.noEvents')}
        </Text>
        {cancel.error && <ProblemAlert problem={cancel.error} />}
        <Group gap="xs">
          {failed > 0 && (
            <Button size="compact-sm" variant="default" onClick={toggle} aria-expanded={opened}>
              {t('imports.failed', { count: failed, number: number(failed) })}
            </Button>
          )}
          {state === 'running' && may.manage && (
            <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={ask}>
              {t('imports.cancel')}
            </Button>
          )}
        </Group>
        {opened && failed > 0 && <RefusedLines id={id} failed={failed} />}
      </Stack>
    </Card>
  )
}
