import { Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../../i18n/languages.ts'
import type { KnownField } from '../../data/catalogue.ts'
import type { Json } from '../../data/json.ts'
import type { Pipeline } from '../../data/pipelines.ts'
import { findPipeline, findStage } from '../stage/lookup.ts'
import { useTimeZone } from '../../data/session.ts'
import type { CrmUser } from '../../data/users.ts'
import { PersonName, personName } from '../person-name.tsx'
import { RecordLink } from './link.tsx'
import { formatPrice, readMoney } from './price.ts'
import { RecordTags } from './tags.tsx'
import { StageBadge } from '../stage/badge.tsx'

/** What the ids in fields are called. */
export interface RecordNames {
  users: CrmUser[]
  pipelines: Pipeline[]
  /** Draws a link to another record with its name; without it the id stands there. */
  link?: (kind: string, id: string) => ReactNode
}

interface Props {
  value: Json
  field: Pick<KnownField, 'name' | 'type' | 'links'>
  kind: string
  /** Of the record, as it stood beside the value: stage ids mean something only within it. */
  pipelineId?: string | null
  names: RecordNames
}

/** A field's value as people read it. */
export function RecordValue({ value, field, kind, pipelineId = null, names }: Props) {
  const { t, i18n } = useTranslation(['pipelines', 'common'])
  const timeZone = useTimeZone()
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return (
      <Text span inherit c="dimmed">
        {t('value.empty')}
      </Text>
    )
  }
  const { type, name } = field
  if (typeof value === 'string') {
    if (type === 'stage') {
      const stage = findStage(names.pipelines, kind, pipelineId, value)
      return <StageBadge stage={stage ?? { name: value, color: null, type: 'open' }} />
    }
    if (type === 'pipeline') return <>{findPipeline(names.pipelines, kind, value)?.name ?? value}</>
    if (type === 'user') return <PersonName users={names.users} id={value} />
    if (type === 'link' && field.links)
      return names.link?.(field.links, value) ?? <RecordLink kind={field.links} id={value} />
    if (type === 'date') return <>{formatDate(value, i18n.language, timeZone)}</>
    if (name === 'state' && isState(value)) return <>{t(`state.${value}`)}</>
  }
  if (type === 'money') {
    const money = readMoney(value)
    if (money) return <>{formatPrice(money, i18n.language)}</>
  }
  if (typeof value === 'number') return <>{value.toLocaleString(i18n.language)}</>
  if (typeof value === 'boolean') return <>{t(value ? 'common:yes' : 'common:no')}</>
  if (type === 'tags') return <RecordTags tags={value} display="inline-flex" />
  if (Array.isArray(value) && value.every((entry) => entry === null || typeof entry !== 'object')) {
    const texts = value.map(String)
    return <>{(name === 'shared_with' ? texts.map((id) => personName(names.users, id)) : texts).join(', ')}</>
  }
  if (typeof value === 'object') {
    return <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{JSON.stringify(value)}</Code>
  }
  return <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{value}</span>
}

const states = ['active', 'archived', 'discarded'] as const

export function isState(value: Json): value is (typeof states)[number] {
  return states.some((state) => state === value)
}

/** A day stays a day; a moment is shown in the account's time zone. What is no date is shown as it is. */
function formatDate(value: string, language: string, timeZone: string): string {
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return value
  const locale = localeOf(language)
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return /^\d{4}-\d\d-\d\d$/.test(value)
    ? new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }).format(at)
    : new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', timeZone }).format(at)
}
