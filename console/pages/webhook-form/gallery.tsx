import { Badge, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { IconFilePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Preset, useCatalogue } from '../../data/catalogue.ts'
import classes from './form.module.css'

/** Where a new webhook starts: from one that is filled in, or from nothing. */
export function Gallery() {
  const { t } = useTranslation('form')
  const { presets, system_events } = useCatalogue()
  const ofServer = new Set(system_events.map(({ type }) => type))
  const isAlert = ({ webhook }: Preset) => {
    const events = Array.isArray(webhook['events']) ? webhook['events'] : []
    return events.length > 0 && events.every((type) => ofServer.has(String(type)))
  }
  return (
    <Stack gap="xl">
      <Group component="section" gap={0} display="block">
        <Title order={2} size="h4" mb="sm">
          {t('start.data')}
        </Title>
        <ul className={classes.presets}>
          {presets
            .filter((preset) => !isAlert(preset))
            .map((preset) => (
              <Card key={preset.name} preset={preset} />
            ))}
          <li>
            <UnstyledButton component={Link} to="?preset=none" className={classes.preset}>
              <Group gap={8} wrap="nowrap">
                <IconFilePlus size={18} aria-hidden />
                <Text fw={600}>{t('start.empty')}</Text>
              </Group>
              <Text size="sm" c="dimmed">
                {t('start.emptyAbout')}
              </Text>
            </UnstyledButton>
          </li>
        </ul>
      </Group>
      <section>
        <Title order={2} size="h4">
          {t('start.alerts')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('start.alertsAbout')}
        </Text>
        <ul className={classes.presets}>
          {presets.filter(isAlert).map((preset) => (
            <Card key={preset.name} preset={preset} />
          ))}
        </ul>
      </section>
    </Stack>
  )
}

function Card({ preset: { name, title, description, system } }: { preset: Preset }) {
  return (
    <li>
      <UnstyledButton component={Link} to={`?preset=${encodeURIComponent(name)}`} className={classes.preset}>
        <Group gap={8} justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Text>
          {system && (
            <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
              {system}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      </UnstyledButton>
    </li>
  )
}
