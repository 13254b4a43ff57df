/**
 * What a developer who writes the receiver of a webhook needs, and nothing that lets anybody in: a sample request, what its
 * keys mean, code that verifies it, and what to answer.
 */
import { relatedOf, vocabularyOf } from '../../crm/index.ts'
import { verificationCode, type VerificationCode } from '../../delivery/verification-code.ts'
import type {
  Account,
  AccountSchema,
  CrmEvent,
  CrmUser,
  Language,
  SentRequest,
  Webhook,
} from '../../model/index.ts'
import { secretMask } from '../../model/index.ts'
import { resolvePatterns } from '../../rules/index.ts'
import { curlCommand } from './curl.ts'
import { expectations } from './expect.ts'
import { type HandoutField, handoutFields } from './fields.ts'
import { withoutSecrets } from './masks.ts'
import { fieldTitles } from './field-titles.ts'
import { renderRequest } from '../preview.ts'
import { sampleEvent } from '../webhooks/test-webhook.ts'

export interface Handout {
  webhook: {
    id: string
    name: string
    description: string
    status: string
    events: { type: string; title: string }[]
    method: string
    url: string
    format: string
    signing: string
  }
  /** null where no sample of its events can be put into its format. */
  request: SentRequest | null
  fields: HandoutField[]
  curl: string
  verification: readonly VerificationCode[]
  expect: string[]
}

/** The key of every sample: known to all, so that verifying can be tried and nothing real can be signed. */
const exampleSecret = `whsec_${Buffer.from('an example, not a secret: 32 byte').toString('base64')}`

/** How many event types are tried until one has a form in the webhook's format. */
const triesMax = 20

export function makeHandout(
  webhook: Webhook,
  account: Account,
  schema: AccountSchema,
  { language, now }: { language: Language; now: number },
): Handout {
  const { eventTypes, typeNames } = vocabularyOf(schema)
  const types = resolvePatterns(webhook.events, typeNames)
  const shown = withoutSecrets(webhook, exampleSecret)
  const sample = firstSample(shown, account, schema, types, now)
  const request = sample?.request ?? null
  const { id, name, description, status, delivery } = webhook
  const { method, url, format } = shown.request
  return {
    webhook: {
      id,
      name,
      description,
      status,
      events: types.map((type) => ({ type, title: eventTypes.get(type)!.title[language] })),
      method,
      url,
      format,
      signing: delivery.signing,
    },
    request,
    fields: sample
      ? handoutFields(
          sample.request,
          shown.request,
          fieldTitles(schema, sample.event.record.kind, language),
          language,
        )
      : [],
    curl: request ? curlCommand(request) : '',
    verification: delivery.signing === 'standard' ? verificationCode : [],
    expect: expectations(webhook, language, exampleSecret),
  }
}

/** The sample of the first event that has a form in the webhook's format. */
function firstSample(
  webhook: Webhook,
  account: Account,
  schema: AccountSchema,
  types: readonly string[],
  now: number,
): { event: CrmEvent; request: SentRequest } | null {
  for (const type of types.slice(0, triesMax)) {
    const event = withRelated(sampleEvent(webhook, account, schema, now, type), schema)
    const { request } = renderRequest({ now, signCause: () => secretMask }, { webhook, account }, event)
    if (request) return { event, request }
  }
  return null
}

/** Nobody in particular: the account's own people are not the developer's business. */
const somebody: Omit<CrmUser, 'id'> = { name: 'Jan Kowalski', email: 'jan@acme.example', origin: 'declared' }

/** With names and addresses of what a sample points at, as a real event would have them. */
function withRelated(event: CrmEvent, schema: AccountSchema): CrmEvent {
  const { kinds } = vocabularyOf(schema)
  const kind = kinds.get(event.record.kind)
  if (!kind) return event
  const { current, previous, data } = event
  const users = new Map(
    [current['owner_id'], data['old_owner_id'], data['owner_id']].flatMap((id) =>
      typeof id === 'string' ? [[id, { ...somebody, id }] as const] : [],
    ),
  )
  const pipelines = schema.pipelines.filter((pipeline) => pipeline.kind === kind.name)
  const related = relatedOf({
    kind,
    current,
    previous,
    data,
    linked: (linkedKind) => kinds.get(linkedKind)?.sample ?? null,
    pipelines: new Map(pipelines.map((pipeline) => [pipeline.id, pipeline])),
    users,
    fields: schema.fields,
  })
  return { ...event, related }
}
