import { ActionIcon, Anchor, Code, Collapse, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconKey, IconServer, IconUser } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { localeOf } from '../../../i18n/languages.ts'
import type { AuditEntry } from '../../../data/audit.ts'
import { useTimeZone } from '../../../data/session.ts'
import { formatMoment } from '../../../parts/time.tsx'
import classes from './audit.module.css'
import { isAuditAction } from './audit-actions.ts'
import { subjectAddress } from './audit-subject.ts'
import type { AuditNames } from './use-audit-names.ts'

interface Props {
  entry: AuditEntry
  names: AuditNames
  /** What things were called in other entries, by kind and id. */
  once: ReadonlyMap<string, string>
}

/** One change: when, what, to what, and who; what was sent is folded. */
export function AuditRow({ entry, names, once }: Props) {
  const { t, i18n } = useTranslation('settings')
  const timeZone = useTimeZone()
  const [opened, { toggle }] = useDisclosure()
  const id = useId()
  const { at, action } = entry
  const what = isAuditAction(action) ? t(`audit.actions.${action}`) : action
  const clock = new Intl.DateTimeFormat(localeOf(i18n.language), {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  })
  return (
    <li className={classes['entry']}>
      <div className={classes['line']}>
        <Text size="sm" className={classes['when']} title={formatMoment(at, i18n.language, timeZone)}>
          <time dateTime={at}>{clock.format(Date.parse(at))}</time>
        </Text>
        <div className={classes['what']}>
          <Text size="sm" fw={600}>
            {what}
          </Text>
          <Subject entry={entry} names={names} once={once} />
        </div>
        <div className={classes['who']}>
          <Actor actor={entry.actor} names={names} />
        </div>
        <ActionIcon
          className={classes['more']}
          variant="subtle"
          color="gray"
          aria-label={t('audit.details', { what })}
          aria-expanded={opened}
          aria-controls={id}
          onClick={toggle}
        >
          <IconChevronDown size={16} className={classes['chevron']} data-open={opened || undefined} />
        </ActionIcon>
      </div>
      <Collapse expanded={opened} id={id}>
        {opened && <Details entry={entry} />}
      </Collapse>
    </li>
  )
}

function Subject({ entry: { subject, action, detail }, names, once }: Props) {
  const { t } = useTranslation('settings')
  const { kind, id } = subject
  if (kind === 'account' || kind === 'demo') return null
  const isGone = names.isGone(kind, id)
  const address = isGone ? null : subjectAddress(kind, id, action)
  // What is gone is called as it was then. Of members no names are kept.
  const then = detail.name ?? once.get(`${kind} ${id}`)
  const name = names.nameOf(kind, id) ?? then ?? (isGone && kind === 'member' ? t('audit.gone.member') : id)
  return (
    <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
      {address ? (
        <Anchor component={Link} to={address} inherit>
          {name}
        </Anchor>
      ) : (
        <Text span inherit c="dimmed">
          {name}
        </Text>
      )}
    </Text>
  )
}

const icons = { member: IconUser, token: IconKey, system: IconServer }

function Actor({ actor, names }: { actor: string; names: AuditNames }) {
  const { t } = useTranslation('settings')
  const { kind, id, name } = names.actorName(actor)
  const Icon = icons[kind]
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={15} stroke={1.7} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
      <div style={{ minWidth: 0 }}>
        <Text size="sm">{name ?? t(`audit.gone.${kind}`)}</Text>
        {kind === 'token' && (
          <Text size="xs" c="dimmed">
            {t('audit.token')}
          </Text>
        )}
        {name === undefined && (
          <Text size="xs" c="dimmed" ff="monospace">
            {id}
          </Text>
        )}
      </div>
    </Group>
  )
}

/** What was sent, by the names of the keys: the log keeps no values. */
function Details({ entry: { id, at, actor, action, subject, detail } }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation('settings')
  const timeZone = useTimeZone()
  const { keys = [], id: made, version, name, ...rest } = detail
  const facts: [string, React.ReactNode][] = [
    [t('audit.fact.at'), `${formatMoment(at, i18n.language, timeZone)} (${timeZone})`],
    [t('audit.fact.call'), <Code key="call">{action}</Code>],
    [t('audit.fact.subject'), <Code key="subject">{`${subject.kind} ${subject.id}`}</Code>],
    [t('audit.fact.actor'), <Code key="actor">{actor}</Code>],
    ...(keys.length > 0
      ? ([
          [
            t('audit.fact.keys'),
            <Group key="keys" gap={4}>
              {keys.map((key) => (
                <Code key={key}>{key}</Code>
              ))}
            </Group>,
          ],
        ] satisfies [string, React.ReactNode][])
      : []),
    ...(name === undefined ? [] : ([[t('audit.fact.name'), name]] satisfies [string, React.ReactNode][])),
    ...(version === undefined
      ? []
      : ([[t('audit.fact.version'), version]] satisfies [string, React.ReactNode][])),
    ...(made === undefined
      ? []
      : ([[t('audit.fact.made'), <Code key="made">{made}</Code>]] satisfies [string, React.ReactNode][])),
    ...Object.entries(rest).map(([key, value]): [string, React.ReactNode] => [key, String(value)]),
    [t('audit.fact.entry'), <Code key="entry">{id}</Code>],
  ]
  return (
    <div className={classes['details']}>
      <dl className={classes['facts']}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
