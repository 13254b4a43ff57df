/** What a caller sends to make or change a webhook. What the parts mean is checked, and explained, by actions/check-webhook. */
import { Type } from 'typebox'
import {
  type ActiveHours,
  type Auth,
  type DeliveryPolicy,
  type Entering,
  type Header,
  httpMethods,
  type JsonObject,
  type RuleGroup,
  type ScopeEntry,
} from '../model/index.ts'
import { choice, nullableInteger, strict } from './schemas.ts'

const text = (max: number, description: string) => Type.String({ maxLength: max, description })

const scopeEntry = Type.Unsafe<ScopeEntry>({
  type: 'object',
  description: 'Parts are joined by AND: `pipeline_id`, `stage_ids`, `period_ids`; all ids as text.',
  examples: [{ pipeline_id: '752662', stage_ids: ['16203337'] }],
})

const auth = Type.Unsafe<Auth>(
  strict(
    {
      type: choice(['none', 'basic', 'bearer', 'header'] as const),
      username: Type.Optional(Type.String({ description: 'Of basic.' })),
      password: Type.Optional(Type.String({ description: 'Of basic.' })),
      token: Type.Optional(Type.String({ description: 'Of bearer.' })),
      name: Type.Optional(Type.String({ description: 'Of header.' })),
      value: Type.Optional(Type.String({ description: 'Of header.' })),
    },
    { description: 'How the request shows who it is. Secrets are kept encrypted and never shown again.' },
  ),
)

const header: ReturnType<typeof Type.Unsafe<Header>> = Type.Unsafe<Header>(
  strict({ name: Type.String(), value: Type.String() }),
)

const request = strict({
  method: Type.Optional(choice(httpMethods, { description: 'POST when left out.' })),
  url: Type.Optional(
    Type.String({
      maxLength: 10_000,
      description: 'http or https. May hold `{{ record.id }}` and other paths after the host.',
      examples: ['https://erp.example/hooks/{{ record.id }}'],
    }),
  ),
  headers: Type.Optional(Type.Array(header)),
  auth: Type.Optional(auth),
  format: Type.Optional(
    text(64, 'How the event becomes a body: `standard`, `params`, `amocrm`… See the catalogue.'),
  ),
  options: Type.Optional(
    Type.Unsafe<JsonObject>({ type: 'object', description: "The format's options; see the catalogue." }),
  ),
})

const delivery = strict({
  retry: Type.Optional(
    Type.Unsafe<DeliveryPolicy['retry']>({
      type: 'object',
      properties: { policy: { type: 'string' } },
      required: ['policy'],
      description: 'The policy, with its options beside it: `{"policy": "schedule", "waits_s": [5, 300]}`.',
    }),
  ),
  timeout_s: Type.Optional(
    Type.Number({ description: 'One deadline for connecting, headers and body: 1 to 30.' }),
  ),
  slots: Type.Optional(
    Type.Integer({ description: 'How many deliveries may be under way at once: 1 to 1000.' }),
  ),
  rate_per_s: Type.Optional(
    Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description: 'At most so many requests a second: 0.1 to 1000; null: no bound.',
    }),
  ),
  order: Type.Optional(
    choice(['none', 'record'] as const, {
      description:
        "`record`: the deliveries of one record go one after the other, in the order of its events; one that fails holds the record's later ones back until it is settled.",
    }),
  ),
  expires_s: Type.Optional(
    Type.Integer({
      description: 'After that a delivery is given up, time spent paused aside: 60 to 2592000.',
    }),
  ),
  disable_after_s: Type.Optional(
    nullableInteger({
      description: 'Failing that long without a success disables it: 60 to 2592000; null: never.',
    }),
  ),
  disable_after_failures: Type.Optional(
    nullableInteger({
      description: 'That many failed attempts in a row disable it: 1 to 10000; null: never.',
    }),
  ),
  on_gone: Type.Optional(choice(['disable', 'retry'] as const, { description: 'What 410 Gone does.' })),
  signing: Type.Optional(
    choice(['standard', 'none'] as const, {
      description: 'Standard Webhooks; `none` for GET when left out.',
    }),
  ),
})

const limits = strict(
  {
    per: Type.Optional(
      choice(['record', 'contact'] as const, { description: 'What is counted; `record` when left out.' }),
    ),
    per_record: Type.Optional(
      nullableInteger({ description: 'At most so many times for each; null: no bound.' }),
    ),
    min_interval_s: Type.Optional(
      nullableInteger({ description: 'At least so many seconds between two; null: no pause.' }),
    ),
  },
  { description: 'How often it may fire. Counted when it fires; tests do not count.' },
)

const activeHours = Type.Unsafe<ActiveHours | null>({
  type: ['object', 'null'],
  description:
    'When it may send: `days` 1 (Monday) to 7, `from` and `to` as HH:MM in `time_zone`, `outside` hold or skip. null: always.',
  examples: [
    { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', time_zone: 'Europe/Warsaw', outside: 'hold' },
  ],
})

const settings = {
  description: Type.Optional(text(2000, 'For people.')),
  scope: Type.Optional(
    Type.Array(scopeEntry, {
      description: 'Where the record must stand after the change; joined by OR. Empty: everywhere.',
    }),
  ),
  entering: Type.Optional(
    choice<Entering>(['moved', 'created', 'moved_or_created'], {
      description: 'How the record came into the scope.',
    }),
  ),
  conditions: Type.Optional(
    Type.Unsafe<RuleGroup>({
      type: 'object',
      description: 'Rows and groups, joined by and/or; see the catalogue for fields and operators.',
      examples: [{ combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] }],
    }),
  ),
  fire: Type.Optional(
    choice(['each_time', 'becomes_true'] as const, {
      description: '`becomes_true`: the conditions hold now and did not hold before this change.',
    }),
  ),
  limits: Type.Optional(limits),
  delay_s: Type.Optional(
    Type.Integer({ description: 'How long after the event it is sent: 0 to 2592000 seconds.' }),
  ),
  active_hours: Type.Optional(activeHours),
  delivery: Type.Optional(delivery),
}

const webhookName = text(200, 'For people.')
const events = Type.Array(Type.String({ maxLength: 200 }), {
  description: 'Event types or patterns (`lead.*`, `*.stage_changed`, `*`), joined by OR.',
  examples: [['lead.stage_changed']],
})

const input = {
  name: Type.Optional(webhookName),
  events: Type.Optional(events),
  ...settings,
  request: Type.Optional(request),
}

/** What is missing is said by its check, since a preset may bring it. */
export const webhookInput = strict(
  {
    preset: Type.Optional(
      text(64, 'Starts from this preset of the catalogue; what is sent beside it is laid over it.'),
    ),
    ...input,
  },
  {
    examples: [
      {
        name: 'Won deals to the ERP',
        events: ['lead.stage_changed'],
        scope: [{ pipeline_id: '752662', stage_ids: ['16203337'] }],
        conditions: { combinator: 'and', rules: [{ field: 'current.price', operator: '>', value: 10000 }] },
        request: { url: 'https://erp.example/hooks' },
      },
    ],
  },
)

export const webhookChange = strict(input, { examples: [{ delivery: { retry: { policy: 'once' } } }] })
