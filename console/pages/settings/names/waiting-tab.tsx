import { Card, List, Stack, Text } from '@mantine/core'
import { IconMoodCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../data/session.ts'
import { Empty } from '../../../parts/empty.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { ReadOnlyNote } from '../read-only-note.tsx'
import { WaitingFields } from './waiting-fields.tsx'
import { WaitingPeople } from './waiting-people.tsx'
import { WaitingPlaces } from './waiting-places.tsx'
import type { Waiting } from './waiting.ts'

/** What records brought and nobody has named, to be named row by row. */
export function WaitingTab({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation('settings')
  const may = useMay()
  if (waiting.count === 0) {
    return (
      <Card withBorder>
        <Empty icon={IconMoodCheck} title={t('names.allNamed')}>
          {t('names.allNamedAbout')}
        </Empty>
      </Card>
    )
  }
  if (!may.manage) {
    return (
      <Stack gap="md">
        <ReadOnlyNote>{t('names.readOnly')}</ReadOnlyNote>
        <ReadOnlyList waiting={waiting} />
      </Stack>
    )
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('names.how')}
      </Text>
      <WaitingPlaces pipelines={waiting.pipelines} />
      <WaitingFields fields={waiting.fields} />
      <WaitingPeople users={waiting.users} />
    </Stack>
  )
}

function ReadOnlyList({ waiting: { pipelines, fields, users } }: { waiting: Waiting }) {
  const { t } = useTranslation('settings')
  const groups = [
    {
      title: t('names.places'),
      ids: pipelines.flatMap(({ pipeline, itself, stages }) => [
        ...(itself ? [pipeline.id] : []),
        ...stages.map(({ id }) => `${pipeline.id} / ${id}`),
      ]),
    },
    { title: t('names.fields'), ids: fields.map(({ kind, name }) => `${kind}.${name}`) },
    { title: t('names.people'), ids: users.map(({ id }) => id) },
  ]
  return groups
    .filter(({ ids }) => ids.length > 0)
    .map(({ title, ids }) => (
      <Panel key={title} title={title}>
        <List size="sm" ff="monospace" listStyleType="none">
          {ids.map((id) => (
            <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
              {id}
            </List.Item>
          ))}
        </List>
      </Panel>
    ))
}
