import { Badge, Card, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { findEventType, useCatalogue } from '../../data/catalogue.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import { useTimeZone } from '../../data/session.ts'
import type { SourceItem } from '../../data/sources.ts'
import { changedValue } from '../../parts/change-table/value.ts'
import classes from './sources.module.css'

/** One thing that a call says: which record, what becomes of it, and with which values. */
export function FoundItem({ item }: { item: SourceItem }) {
  const { t } = useTranslation('sources')
  const catalogue = useCatalogue()
  const kind = catalogue.kinds.find(({ name }) => name === item.record.kind)
  return (
    <Card withBorder padding="sm" radius="sm">
      <Group gap={6} mb={4}>
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {kind?.title ?? item.record.kind} {item.record.id}
        </Text>
        <Badge variant="default" tt="none" fw={500} style={{ height: 'auto', whiteSpace: 'normal' }}>
          {item.do === 'activity'
            ? (findEventType(catalogue, `${item.record.kind}.${item.type}`)?.title ?? item.type)
            : t(item.do === 'write' && item.created ? 'does.created' : `does.${item.do}`)}
        </Badge>
      </Group>
      {(item.do === 'write' || item.do === 'restore') && (
        <Facts values={item.fields} kind={item.record.kind} />
      )}
      {item.do === 'write' && Object.keys(item.old).length > 0 && (
        <>
          <Text size="xs" c="dimmed" mt={6}>
            {t('does.before')}
          </Text>
          <Facts values={item.old} kind={item.record.kind} />
        </>
      )}
      {item.do === 'activity' && <Facts values={item.data} kind={item.record.kind} />}
    </Card>
  )
}

function Facts({ values, kind }: { values: JsonObject; kind: string }) {
  const { t, i18n } = useTranslation(['sources', 'common'])
  const timeZone = useTimeZone()
  const { kinds } = useCatalogue()
  const fields = kinds.find(({ name }) => name === kind)?.fields ?? []
  const words = { language: i18n.language, timeZone, yes: t('common:yes'), no: t('common:no') }
  const entries = Object.entries(values)
  if (entries.length === 0) return null
  const valueText = (value: Json, name: string) =>
    changedValue(value, fields.find((field) => field.name === name)?.type ?? 'text', words) ||
    t('common:none')
  return (
    <dl className={classes['facts']}>
      {entries.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{fields.find((field) => field.name === name)?.title ?? name}</dt>
          <dd>{valueText(value, name)}</dd>
        </div>
      ))}
    </dl>
  )
}
