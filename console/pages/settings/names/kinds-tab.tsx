import { ActionIcon, Badge, Button, Card, Group, Stack, Text } from '@mantine/core'
import { IconBolt, IconBox, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import {
  type DeclaredEventType,
  type DeclaredKind,
  ownEventTypes,
  ownKinds,
  useDeleteEventType,
  useDeleteKind,
} from '../../../data/kinds.ts'
import { useMay } from '../../../data/session.ts'
import { Empty } from '../../../parts/empty.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { EventTypeModal } from './event-type-modal.tsx'
import { KindModal } from './kind-modal.tsx'
import classes from './kinds-tab.module.css'
import { useDeleteWithQuestion } from './use-delete-with-question.ts'

type Open = { what: 'kind'; one: DeclaredKind | null } | { what: 'eventType'; one: DeclaredEventType | null }

/** What the account added to the kinds of records and to what can happen around them. */
export function KindsTab() {
  const { t, i18n } = useTranslation('settings')
  const { kinds } = useCatalogue()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const builtIn = kinds.filter(({ origin }) => origin === 'built_in').map(({ plural }) => plural)
  return (
    <Stack gap="md">
      <OwnKinds onOpen={(one) => setOpen({ what: 'kind', one })} />
      <OwnEventTypes onOpen={(one) => setOpen({ what: 'eventType', one })} />
      {open?.what === 'kind' && <KindModal kind={open.one} onClose={close} />}
      {open?.what === 'eventType' && <EventTypeModal eventType={open.one} onClose={close} />}
      <Text size="sm" c="dimmed">
        {t('kinds.builtIn', { kinds: new Intl.ListFormat(i18n.language).format(builtIn) })}
      </Text>
    </Stack>
  )
}

function OwnKinds({ onOpen }: { onOpen: (kind: DeclaredKind | null) => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const { capabilities } = useCatalogue()
  const { data: kinds } = useSuspenseQuery(ownKinds)
  const remove = useDeleteKind()
  const ask = useDeleteWithQuestion()
  const declare = may.manage && (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onOpen(null)}>
      {t('kinds.declare')}
    </Button>
  )
  return (
    <Panel title={t('kinds.title')} about={t('kinds.about')} actions={kinds.length > 0 && declare}>
      {kinds.length === 0 && (
        <Empty icon={IconBox} title={t('kinds.none')} action={declare}>
          {t('kinds.noneAbout')}
        </Empty>
      )}
      {kinds.map((kind) => (
        <Item
          key={kind.name}
          title={kind.title}
          name={kind.name}
          onEdit={() => onOpen(kind)}
          onDelete={() =>
            ask(t('kinds.deleteTitle', { name: kind.title }), t('kinds.deleteAbout'), () =>
              remove.mutate(kind.name),
            )
          }
        >
          <Group gap={4}>
            {capabilities
              .filter(({ name }) => kind.capabilities.includes(name))
              .map(({ name, title }) => (
                <Badge key={name} variant="default" size="sm" tt="none" fw={500}>
                  {title}
                </Badge>
              ))}
          </Group>
          <Text size="xs" c="dimmed">
            {t('kinds.fieldCount', { count: Object.keys(kind.fields).length })}
          </Text>
        </Item>
      ))}
    </Panel>
  )
}

function OwnEventTypes({ onOpen }: { onOpen: (eventType: DeclaredEventType | null) => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const { data: eventTypes } = useSuspenseQuery(ownEventTypes)
  const remove = useDeleteEventType()
  const ask = useDeleteWithQuestion()
  const declare = may.manage && (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => onOpen(null)}>
      {t('eventTypes.declare')}
    </Button>
  )
  return (
    <Panel
      title={t('eventTypes.title')}
      about={t('eventTypes.about')}
      actions={eventTypes.length > 0 && declare}
    >
      {eventTypes.length === 0 && (
        <Empty icon={IconBolt} title={t('eventTypes.none')} action={declare}>
          {t('eventTypes.noneAbout')}
        </Empty>
      )}
      {eventTypes.map((eventType) => (
        <Item
          key={eventType.type}
          title={eventType.title}
          name={eventType.type}
          onEdit={() => onOpen(eventType)}
          onDelete={() =>
            ask(t('eventTypes.deleteTitle', { name: eventType.title }), t('eventTypes.deleteAbout'), () =>
              remove.mutate(eventType.type),
            )
          }
        >
          <Text size="xs" c="dimmed" ff="monospace">
            {Object.keys(eventType.sample).join(', ')}
          </Text>
        </Item>
      ))}
    </Panel>
  )
}

interface ItemProps {
  title: string
  name: string
  onEdit: () => void
  onDelete: () => void
  children: ReactNode
}

function Item({ title, name, onEdit, onDelete, children }: ItemProps) {
  const { t } = useTranslation('settings')
  const may = useMay()
  return (
    <Card className={classes['item']} padding={0} radius={0}>
      <div className={classes['words']}>
        <Text size="sm" fw={600}>
          {title}{' '}
          <Text span size="sm" ff="monospace" fw={400} c="dimmed">
            {name}
          </Text>
        </Text>
        {children}
      </div>
      {may.manage && (
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('kinds.edit', { name: title })}
            onClick={onEdit}
          >
            <IconPencil size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('kinds.delete', { name: title })}
            onClick={onDelete}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      )}
    </Card>
  )
}
