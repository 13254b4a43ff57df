import { Badge, Button, Card, Group, Progress, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { IconSparkles, IconWebhook } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Preset, useCatalogue } from '../../data/catalogue.ts'
import { useLoadDemo } from '../../data/demo.ts'
import { allWebhooks } from '../../data/webhooks.ts'
import { language } from '../../i18n/index.ts'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { isAlert } from './plan.ts'
import { Step } from './step.tsx'
import { Tour } from './tour.tsx'
import classes from './welcome.module.css'

interface Props {
  demoLoaded: boolean
  isDone: boolean
  /** A webhook of one's own was made. */
  isOwn: boolean
  /** The preset that was chosen now. */
  preset: string | null
  onPreset: (name: string | null) => void
}

/** Demo data to look around in, or a webhook of one's own. */
export function ChooseStep({ demoLoaded, isDone, isOwn, preset, onPreset }: Props) {
  const { t } = useTranslation('welcome')
  const { presets } = useCatalogue()
  const [isOpen, setOpen] = useState(false)
  if (isOwn) return <Step number={1} title={t('choose.title')} state="done" about={t('choose.own')} />
  const chosen = presets.find(({ name }) => name === preset)
  if (chosen) {
    return (
      <Step
        number={1}
        title={t('choose.title')}
        state="done"
        about={
          <Group gap="xs">
            {chosen.title}
            <Button size="compact-xs" variant="default" onClick={() => onPreset(null)}>
              {t('choose.other')}
            </Button>
          </Group>
        }
      />
    )
  }
  return (
    <Step number={1} title={t('choose.title')} state={isDone ? 'done' : 'now'}>
      <Stack gap="md">
        {demoLoaded ? (
          <>
            <Tour withIntro />
            {!isOpen && (
              <Group>
                <Button
                  variant="default"
                  leftSection={<IconWebhook size={16} />}
                  onClick={() => setOpen(true)}
                >
                  {t('choose.ownToo')}
                </Button>
              </Group>
            )}
          </>
        ) : (
          <div className={classes['choices']}>
            <DemoChoice />
            <OwnChoice isOpen={isOpen} onOpen={() => setOpen(true)} />
          </div>
        )}
        {isOpen && <Presets onPreset={onPreset} />}
      </Stack>
    </Step>
  )
}

function DemoChoice() {
  const { t } = useTranslation('welcome')
  const { data: webhooks } = useSuspenseQuery(allWebhooks)
  const load = useLoadDemo()
  const isFree = webhooks.length === 0
  return (
    <Card withBorder padding="md">
      <div className={classes['choice']}>
        <Group gap={8} wrap="nowrap">
          <IconSparkles size={20} stroke={1.7} aria-hidden />
          <Title order={3} size="h5">
            {t('demo.title')}
          </Title>
        </Group>
        <Text size="sm" style={{ flex: 1 }}>
          {t('demo.about')}
        </Text>
        {!isFree && (
          <Text size="sm" c="dimmed">
            {t('demo.notEmpty')}
          </Text>
        )}
        {load.isPending && (
          <div style={{ width: '100%' }}>
            <Progress value={100} animated aria-label={t('demo.loading')} />
            <Text size="sm" mt={4} role="status">
              {t('demo.loading')}
            </Text>
          </div>
        )}
        {load.error && <ProblemAlert problem={load.error} retry={() => load.mutate(language())} />}
        {!load.error && (
          <Button loading={load.isPending} disabled={!isFree} onClick={() => load.mutate(language())}>
            {t('demo.do')}
          </Button>
        )}
      </div>
    </Card>
  )
}

function OwnChoice({ isOpen, onOpen }: { isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation('welcome')
  return (
    <Card withBorder padding="md">
      <div className={classes['choice']}>
        <Group gap={8} wrap="nowrap">
          <IconWebhook size={20} stroke={1.7} aria-hidden />
          <Title order={3} size="h5">
            {t('own.title')}
          </Title>
        </Group>
        <Text size="sm" style={{ flex: 1 }}>
          {t('own.about')}
        </Text>
        <Button variant="default" aria-expanded={isOpen} onClick={onOpen}>
          {t('own.do')}
        </Button>
      </div>
    </Card>
  )
}

function Presets({ onPreset }: { onPreset: (name: string) => void }) {
  const { t } = useTranslation('welcome')
  const { presets, system_events } = useCatalogue()
  const ofServer = system_events.map(({ type }) => type)
  return (
    <div>
      <Text fw={600} size="sm">
        {t('own.choose')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('own.chooseAbout')}
      </Text>
      <ul className={classes['presets']}>
        {presets
          .filter((preset) => !isAlert(preset, ofServer))
          .map((preset) => (
            <PresetCard key={preset.name} preset={preset} onClick={() => onPreset(preset.name)} />
          ))}
      </ul>
    </div>
  )
}

function PresetCard({
  preset: { title, description, system },
  onClick,
}: {
  preset: Preset
  onClick: () => void
}) {
  return (
    <li>
      <UnstyledButton className={classes['preset'] ?? ''} onClick={onClick}>
        <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          {description}
        </Text>
        {system && (
          <Badge variant="default" tt="none" mt={4}>
            {system}
          </Badge>
        )}
      </UnstyledButton>
    </li>
  )
}
