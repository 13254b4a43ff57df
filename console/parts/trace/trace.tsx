import { Box, Group, Stack, Text, ThemeIcon, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../data/condition.ts'
import type { FailedRow } from '../../data/events.ts'
import type { Json } from '../../data/json.ts'
import type { NameOf } from '../../data/names.ts'
import type { TraceOf, TraceRow } from '../../data/preview.ts'
import { askedText, type ConditionWords, valueText } from '../condition/text.ts'
import { useConditionWords } from '../condition/words.ts'
import { isTraceGroup, type TraceGroup, traceTree } from './tree.ts'
import classes from './trace.module.css'

interface Scene {
  /** The kinds that the event may be of: they name the fields. */
  kinds?: readonly string[]
  /** What stages and people are called; see `useNames`. */
  nameOf?: NameOf | undefined
}

interface TraceProps extends Scene {
  trace: TraceOf
  /** The conditions that were asked: with them the rows stand in their groups. */
  conditions?: Condition | undefined
}

/** Every row of the conditions: whether it held, what it asked for and what it saw. */
export function Trace({ trace, conditions, kinds, nameOf }: TraceProps) {
  const { t } = useTranslation('exchange')
  const words = useConditionWords(kinds, nameOf)
  if (trace.rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('trace.none')}
      </Text>
    )
  }
  if (conditions) return <GroupRows group={traceTree(conditions, trace.rows)} words={words} isRoot />
  return (
    <ul className={classes['rows']}>
      {trace.rows.map((row) => (
        <TracedRow key={row.path} row={row} words={words} />
      ))}
    </ul>
  )
}

/** The rows that kept a webhook back. */
export function FailedRows({ failed, kinds, nameOf }: Scene & { failed: readonly FailedRow[] }) {
  const words = useConditionWords(kinds, nameOf)
  return (
    <ul className={classes['rows']}>
      {failed.map((row) => (
        <TracedRow key={row.path} row={{ ...row, holds: false }} words={words} />
      ))}
    </ul>
  )
}

function GroupRows({
  group,
  words,
  isRoot = false,
}: {
  group: TraceGroup
  words: ConditionWords
  isRoot?: boolean
}) {
  const { t } = useTranslation('exchange')
  if (group.entries.length === 0) return null
  const plain = isRoot && group.entries.length === 1 && !group.joined.startsWith('not')
  const list = (
    <ul className={classes['rows']}>
      {group.entries.map((entry) =>
        isTraceGroup(entry) ? (
          <li key={entry.path} className={classes['group']}>
            <GroupRows group={entry} words={words} />
          </li>
        ) : (
          <TracedRow key={entry.path} row={entry} words={words} />
        ),
      )}
    </ul>
  )
  if (plain) return list
  return (
    <Stack gap={4}>
      <Group gap={8} wrap="nowrap">
        <Mark holds={group.holds} />
        <Text size="sm" fw={600} c="dimmed">
          {t(`trace.${group.joined}`)}
        </Text>
      </Group>
      <Box className={classes['inside']}>{list}</Box>
    </Stack>
  )
}

function TracedRow({ row, words }: { row: TraceRow; words: ConditionWords }) {
  const { t } = words
  const type = words.fieldType(row.field)
  const asked = askedText({ ...row, value: row.expected }, words)
  const shown = (value: Json): ReactNode =>
    value === null || value === '' ? <i>{t('trace.noValue')}</i> : valueText(value, type, words, row.field)
  return (
    <li className={classes['row']}>
      <Mark holds={row.holds} />
      <Box style={{ minWidth: 0 }}>
        <Text size="sm" className={classes['text']}>
          <b>{t('condition.field', { field: words.fieldName(row.field) })}</b>{' '}
          {words.operator(row.operator)?.title ?? row.operator} <b>{asked}</b>
        </Text>
        <Text size="sm" c="dimmed" className={classes['text']}>
          {t('trace.seen')}: <span className={classes['value']}>{shown(row.seen)}</span>
          {row.previous !== undefined && (
            <>
              {' · '}
              {t('trace.was')}: <span className={classes['value']}>{shown(row.previous)}</span>
            </>
          )}
        </Text>
      </Box>
    </li>
  )
}

function Mark({ holds }: { holds: boolean }) {
  const { t } = useTranslation('exchange')
  return (
    <ThemeIcon
      size={18}
      radius="xl"
      variant="light"
      color={holds ? 'green' : 'red'}
      className={classes['mark']}
      title={t(holds ? 'trace.held' : 'trace.failed')}
    >
      {holds ? (
        <IconCheck size={13} stroke={2.6} aria-hidden />
      ) : (
        <IconX size={13} stroke={2.6} aria-hidden />
      )}
      <VisuallyHidden>{t(holds ? 'trace.held' : 'trace.failed')}</VisuallyHidden>
    </ThemeIcon>
  )
}
