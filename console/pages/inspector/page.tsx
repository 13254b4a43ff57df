import { Button, Card, Grid, NavLink, Stack, Text } from '@mantine/core'
import { IconPlus, IconTestPipe } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { inspectorList, useMakeInspector } from '../../data/inspectors.ts'
import { useMay } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { InspectorView } from './inspector-view.tsx'

/** Test addresses: what is sent to them is shown, and they answer as one sets them. */
export function Page() {
  const { t } = useTranslation('inspector')
  const { id } = useParams()
  const may = useMay()
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(inspectorList)
  const make = useMakeInspector()
  const add = () =>
    make.mutate(
      { name: t('newName', { number: data.items.length + 1 }) },
      { onSuccess: (made) => void navigate(`/inspector/${made.id}`) },
    )
  const chosen = data.items.find((inspector) => inspector.id === id)
  if (!id && data.items[0]) return <Navigate replace to={`/inspector/${data.items[0].id}`} />

  return (
    <Frame
      title={t('title')}
      about={t('about')}
      actions={
        may.manage && (
          <Button leftSection={<IconPlus size={16} />} loading={make.isPending} onClick={add}>
            {t('new')}
          </Button>
        )
      }
    >
      {data.items.length === 0 ? (
        <Card withBorder>
          <Empty
            icon={IconTestPipe}
            title={t('empty')}
            action={
              may.manage && (
                <Button loading={make.isPending} onClick={add}>
                  {t('new')}
                </Button>
              )
            }
          >
            {t('emptyAbout')}
          </Empty>
        </Card>
      ) : (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 3 }}>
            <Card withBorder padding="xs" component="nav" aria-label={t('title')}>
              <Stack gap={2}>
                {data.items.map((inspector) => (
                  <NavLink
                    key={inspector.id}
                    component={Link}
                    to={`/inspector/${inspector.id}`}
                    active={inspector.id === id}
                    label={inspector.name}
                    description={t('answers', { status: inspector.answer.status })}
                    styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
                  />
                ))}
              </Stack>
            </Card>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 9 }}>
            {chosen ? (
              <InspectorView key={chosen.id} inspector={chosen} />
            ) : (
              <Text c="dimmed">{t('gone')}</Text>
            )}
          </Grid.Col>
        </Grid>
      )}
    </Frame>
  )
}
