import { Button, Grid, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option, SourceType } from '../../data/catalogue.ts'
import { ApiProblem } from '../../data/client.ts'
import type { JsonObject } from '../../data/json.ts'
import { defaultsOf } from '../../parts/described-form/defaults.ts'
import { DescribedForm } from '../../parts/described-form/described-form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { detailText } from '../../parts/problem/text.ts'
import { areMapped } from './map-rows.ts'
import { Places } from './places.tsx'
import { Preview } from './preview.tsx'
import { SampleCall } from './sample-call.tsx'
import { emptyCall, type WrittenCall } from './written-call.ts'
import classes from './sources.module.css'

export interface SourceSettings {
  name: string
  options: JsonObject
}

interface Props {
  type: SourceType
  start: SourceSettings
  /** A call to try the settings on. */
  call?: WrittenCall | undefined
  problem: Error | null
  saving: boolean
  saveLabel: string
  onSave: (settings: SourceSettings) => void
  isNew?: boolean
  readOnly?: boolean
}

/** What a source is called and how it reads calls; where that can be tried, it is tried beside it as one types. */
export function SourceForm({
  type,
  start,
  call: given,
  problem,
  saving,
  saveLabel,
  onSave,
  isNew = false,
  readOnly = false,
}: Props) {
  const { t } = useTranslation(['sources', 'common'])
  const [name, setName] = useState(start.name)
  const [options, setOptions] = useState<JsonObject>(() => ({
    ...defaultsOf(type.options),
    ...start.options,
  }))
  const [call, setCall] = useState<WrittenCall>(given ?? emptyCall)
  const problemOf = (path: string): ReactNode => {
    const detail = problem instanceof ApiProblem ? problem.errors.find((one) => one.path === path) : undefined
    return detail && detailText(detail, t)
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    onSave({ name: name.trim(), options: withoutEmpty(type.options, options) })
  }
  // Where the call's places can be pointed at, the rows themselves are for what pointing cannot say.
  const isPointed = type.has_preview && areMapped(type.options) && !readOnly
  const [isDetailed, setDetailed] = useState(false)
  const described = (
    <DescribedForm
      options={type.options}
      value={options}
      onChange={setOptions}
      path="options"
      problemOf={problemOf}
      disabled={readOnly}
    />
  )
  const settings = (
    <Panel title={t('settings.title')}>
      <form onSubmit={save}>
        <Stack gap="md">
          <TextInput
            label={t('settings.name')}
            description={t('settings.nameAbout')}
            required
            withAsterisk={false}
            maxLength={200}
            value={name}
            disabled={readOnly}
            error={problemOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {isPointed ? (
            <details open={isDetailed} onToggle={(event) => setDetailed(event.currentTarget.open)}>
              <summary>
                <Text span size="sm" fw={600}>
                  {t('settings.exact')}
                </Text>
              </summary>
              <Text size="sm" c="dimmed" my={6}>
                {t('settings.exactAbout')}
              </Text>
              {described}
            </details>
          ) : (
            described
          )}
          {problem && <ProblemAlert problem={problem} />}
          {!readOnly && (
            <Group>
              <Button type="submit" loading={saving} disabled={name.trim() === ''}>
                {saveLabel}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  )
  if (!type.has_preview) return <Stack maw={720}>{settings}</Stack>
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          <SampleCall
            type={type}
            call={call}
            onChange={setCall}
            onExample={(example) => {
              // Its settings come with it as long as there is no source of one's own.
              if (isNew) setOptions({ ...defaultsOf(type.options), ...example })
            }}
          />
          {isPointed && <Places type={type} options={options} onChange={setOptions} call={call} />}
          {settings}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <div className={classes['beside']}>
          <Preview type={type} options={options} call={call} />
        </div>
      </Grid.Col>
    </Grid>
  )
}

/** A text that needs not be given and may not be empty is left out where nothing was typed. */
function withoutEmpty(described: readonly Option[], options: JsonObject): JsonObject {
  const left = described.filter(({ required, min = 0 }) => !required && min > 0).map(({ name }) => name)
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== '' || !left.includes(name)),
  )
}
