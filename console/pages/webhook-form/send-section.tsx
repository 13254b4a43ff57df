import { Alert, Select, Stack, Text } from '@mantine/core'
import { IconInfoCircle, IconSend } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import type { HttpMethod, WebhookSettings } from '../../data/webhooks.ts'
import { DescribedForm } from '../../parts/described-form/described-form.tsx'
import { GuideLink } from '../../parts/guide-link.tsx'
import { AuthFields, AuthSummary } from './auth-fields.tsx'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { HeaderFields } from './header-fields.tsx'
import { formatFor } from './method-format.ts'
import { Fields, Folded, Section, Warning } from './section.tsx'
import { SigningFields } from './signing-fields.tsx'
import { optionsOf } from './start-settings.ts'
import { secretsLeftBehind } from './secrets-left-behind.ts'
import { UrlField, usePayloadPaths } from './url-field.tsx'
import { useField, useProblemAt } from './use-field.ts'

const methods: HttpMethod[] = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE']

/** The request: where it goes, what is in it, and how it shows who it is. */
export function SendSection() {
  const { t } = useTranslation('form')
  const { draft, initial, saved } = useWebhookForm()
  const { request, delivery } = draft
  return (
    <Section
      icon={IconSend}
      title={t('section.send.title')}
      about={
        <>
          {t('section.send.about')} <GuideLink name="formats" />
        </>
      }
    >
      <Fields>
        <Stack gap="md">
          <Format />
          {saved && secretsLeftBehind(initial, draft) && (
            <Alert color="yellow" variant="light" p="xs" icon={<IconInfoCircle />}>
              {t('secret.moved')}
            </Alert>
          )}
        </Stack>
      </Fields>
      <div className={classes.folds}>
        <Folded fold="auth" title={t('field.auth')} summary={<AuthSummary auth={request.auth} />}>
          <AuthFields />
        </Folded>
        <Folded
          fold="headers"
          title={t('field.headers')}
          summary={
            request.headers.length === 0
              ? t('headers.none')
              : request.headers.map(({ name }) => name).join(', ')
          }
        >
          <HeaderFields />
        </Folded>
        <Folded fold="signing" title={t('field.signing')} summary={t(`signing.${delivery.signing}`)}>
          <SigningFields />
        </Folded>
      </div>
    </Section>
  )
}

/** Method, address, format and its options. The method says which formats there are. */
function Format() {
  const { t } = useTranslation('form')
  const { draft, set, touched, readOnly } = useWebhookForm()
  const catalogue = useCatalogue()
  const { paths, kinds } = usePayloadPaths()
  const problemAt = useProblemAt()
  const method = useField<HttpMethod>('request.method')
  const format = useField<string>('request.format')
  const [switchedTo, setSwitchedTo] = useState<string | null>(null)
  // What was set for a format comes back with it.
  const left = useRef(new Map<string, JsonObject>())
  const signedBefore = useRef<'standard' | 'none'>('standard')
  const described = catalogue.formats.find(({ name }) => name === draft.request.format)

  const switchFormat = (name: string) => {
    left.current.set(draft.request.format, draft.request.options)
    set('request.format', name)
    set('request.options', left.current.get(name) ?? optionsOf(name, catalogue))
  }
  const switchMethod = (picked: HttpMethod) => {
    const was = draft.request.method
    method.set(picked)
    const fitting = formatFor(picked, draft.request.format, catalogue.formats)
    setSwitchedTo(fitting === draft.request.format ? null : fitting)
    if (fitting !== draft.request.format) switchFormat(fitting)
    // The signature covers the body, and a GET has none.
    if ((was === 'GET') === (picked === 'GET') || touched('delivery.signing')) return
    if (picked === 'GET') signedBefore.current = draft.delivery.signing
    set('delivery', (delivery: WebhookSettings['delivery']) => ({
      ...delivery,
      signing: picked === 'GET' ? 'none' : signedBefore.current,
    }))
  }
  return (
    <>
      <div className={classes.request}>
        <Select
          {...method.input}
          label={t('field.method')}
          data={methods}
          value={method.value}
          allowDeselect={false}
          withCheckIcon={false}
          onChange={(picked) => picked !== null && switchMethod(picked as HttpMethod)}
        />
        <div>
          <UrlField />
          <Warning path="request.url" />
        </div>
      </div>
      <div>
        <Select
          {...format.input}
          label={t('field.format')}
          data={catalogue.formats
            .filter((one) => one.methods.includes(draft.request.method) || one.name === draft.request.format)
            .map(({ name, title }) => ({ value: name, label: title }))}
          value={format.value}
          allowDeselect={false}
          onChange={(picked) => {
            if (picked === null || picked === draft.request.format) return
            setSwitchedTo(null)
            switchFormat(picked)
          }}
          description={described?.description}
        />
        {switchedTo !== null && switchedTo === draft.request.format && (
          <Text size="xs" mt={4} role="status">
            {t('send.switched', { method: draft.request.method, format: described?.title })}
          </Text>
        )}
        {draft.request.method === 'GET' && (
          <Text size="xs" c="dimmed" mt={4}>
            {t('send.get')}
          </Text>
        )}
      </div>
      <div data-field="request.options" tabIndex={-1}>
        <DescribedForm
          options={described?.options ?? []}
          value={draft.request.options}
          onChange={(options) => set('request.options', options)}
          path="request.options"
          problemOf={problemAt}
          paths={paths}
          kinds={kinds}
          disabled={readOnly}
        />
      </div>
    </>
  )
}
