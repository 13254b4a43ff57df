import { Badge, Button, Drawer, Skeleton, Stack, Textarea, TextInput, VisuallyHidden } from '@mantine/core'
import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Location } from 'react-router'
import type { Preset } from '../../data/catalogue.ts'
import { allPipelines } from '../../data/pipelines.ts'
import { useMay } from '../../data/session.ts'
import type { Webhook, WebhookSettings } from '../../data/webhooks.ts'
import { useEventOptions } from '../../parts/event-picker/use-event-options.ts'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { PresetNote } from './asks.tsx'
import { ConditionsSection } from './conditions/conditions-section.tsx'
import { DeliverySection } from './delivery-section.tsx'
import { FoldsContext, useFoldsState } from './folds.ts'
import { FormContext, useFormState } from './form-state.ts'
import classes from './form.module.css'
import { foldOf } from './places.ts'
import { ProblemSummary } from './problem-summary.tsx'
import { SaveBar } from './save-bar.tsx'
import { SendSection } from './send-section.tsx'
import { suggestName } from './suggest-name.ts'
import { TryIt } from './try-it/try-it.tsx'
import { useField } from './use-field.ts'
import { useSave } from './use-save.ts'
import { WhenSection } from './when-section.tsx'

/** What fills a new form in stands in the address: another one is another form. */
const addressOf = ({ pathname, search }: Location) => pathname + search

interface Props {
  initial: WebhookSettings
  /** The webhook that is edited; null for a new one. */
  saved: Webhook | null
  preset: Preset | null
}

/** The webhook form: When, If, Send, Delivery, and beside it Try it. */
export function Form({ initial: first, saved, preset }: Props) {
  const { t } = useTranslation(['form', 'common'])
  const may = useMay()
  // What was there when it was opened: news from the server do not overwrite what is being typed.
  const [opened] = useState({ initial: first, saved: saved && { id: saved.id, version: saved.version } })
  const form = useFormState({
    ...opened,
    readOnly: !may.manage,
    ...(saved ? { warnings: saved.warnings } : {}),
    ...(preset ? { asks: preset.asks } : {}),
  })
  const asked = (preset?.asks ?? []).map(({ path }) => foldOf(path)).filter((fold) => fold !== null)
  const folds = useFoldsState(asked)
  const suggested = useSuggestedName(form.draft)
  const complete = form.draft.name.trim() === '' ? { ...form.draft, name: suggested } : form.draft
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false })
  const [trying, setTrying] = useState(false)

  // On a phone a way to a field leads out of the drawer first.
  const foldsOfDrawer = useMemo(
    () => ({
      ...folds,
      goTo(path: string) {
        setTrying(false)
        folds.goTo(path)
      },
    }),
    [folds],
  )

  const unsaved = useRef(false)
  useEffect(() => {
    unsaved.current = form.changed
  }, [form.changed])
  const isUnsaved = useCallback(() => unsaved.current, [])
  const { save, saving, failure, outdated } = useSave(form, folds, complete, () => (unsaved.current = false))
  useHotkeys([['mod+S', () => void save()]], [])

  const title = saved ? t(may.manage ? 'title.edit' : 'title.view', { name: saved.name }) : t('title.new')
  // What they load late must not make the whole form wait, and lose its place.
  const tryIt = (
    <Suspense fallback={<Skeleton h={240} radius="md" />}>
      <TryIt draft={complete} savedId={form.saved?.id ?? null} />
    </Suspense>
  )
  return (
    <FormContext value={form}>
      <FoldsContext value={folds}>
        <LeaveGuard unsaved={isUnsaved} placeOf={addressOf} />
        <Page
          title={title}
          trail={[
            { title: t('common:nav.webhooks'), to: '/webhooks' },
            ...(saved ? [{ title: saved.name, to: `/webhooks/${saved.id}` }] : []),
          ]}
          badge={
            form.readOnly && (
              <Badge variant="default" tt="none">
                {t('save.readOnly')}
              </Badge>
            )
          }
        >
          <div className={classes.layout} data-read-only={form.readOnly || undefined}>
            <div className={classes.sections}>
              <ProblemSummary />
              {failure && (
                <ProblemAlert problem={failure} {...(outdated ? {} : { retry: () => void save() })} />
              )}
              {preset && <PresetNote preset={preset} />}
              <NameFields suggested={suggested} />
              <WhenSection />
              <div data-field="conditions">
                <Suspense fallback={<Skeleton h={160} radius="md" />}>
                  <ConditionsSection form={form} />
                </Suspense>
              </div>
              <SendSection />
              <DeliverySection />
              <SaveBar
                saving={saving}
                onSave={() => void save()}
                onTry={wide ? null : () => setTrying(true)}
              />
            </div>
            {wide && (
              <aside className={classes.aside} aria-label={t('tryIt')}>
                {tryIt}
              </aside>
            )}
          </div>
          {!wide && (
            <Drawer
              opened={trying}
              onClose={() => setTrying(false)}
              position="bottom"
              size="88%"
              title={<VisuallyHidden>{t('tryIt')}</VisuallyHidden>}
            >
              <FoldsContext value={foldsOfDrawer}>{tryIt}</FoldsContext>
            </Drawer>
          )}
        </Page>
      </FoldsContext>
    </FormContext>
  )
}

function useSuggestedName(draft: WebhookSettings): string {
  const { data: pipelines } = useSuspenseQuery(allPipelines)
  const options = useEventOptions()
  const titleOf = (event: string) => options.find(({ value }) => value === event)?.title ?? event
  return suggestName(draft, { pipelines, titleOf })
}

function NameFields({ suggested }: { suggested: string }) {
  const { t } = useTranslation(['form', 'common'])
  const name = useField<string>('name')
  const description = useField<string>('description')
  const [described, setDescribed] = useState(description.value !== '')
  return (
    <Panel>
      <Stack gap="sm">
        <TextInput
          {...name.input}
          label={t('field.name')}
          description={suggested !== '' && name.value === '' ? t('name.suggested') : undefined}
          placeholder={suggested || t('name.example')}
          value={name.value}
          maxLength={200}
          autoComplete="off"
          onChange={(typed) => name.set(typed.currentTarget.value)}
        />
        {described || description.input.error ? (
          <Textarea
            {...description.input}
            label={t('field.description')}
            value={description.value}
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={8}
            onChange={(typed) => description.set(typed.currentTarget.value)}
          />
        ) : (
          !description.input.disabled && (
            <AddDescription label={t('name.describe')} onClick={() => setDescribed(true)} />
          )
        )}
      </Stack>
    </Panel>
  )
}

function AddDescription({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'flex-start' }} onClick={onClick}>
      {label}
    </Button>
  )
}
