import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { Webhook as StandardWebhooks } from 'standardwebhooks'
import { languages, type Webhook } from '../../model/index.ts'
import { makeHandout } from './handout.ts'

const account = {
  id: 'acc_01',
  external_id: null,
  name: 'ACME',
  subdomain: 'acme',
  time_zone: 'UTC',
  language: 'en' as const,
  strict: false,
  retention_days: 90,
  config_version: 1,
  schema_version: 1,
  created_at: 0,
}
const schema = {
  kinds: [],
  event_types: [],
  fields: [],
  pipelines: [],
  users: [{ id: '7', name: 'Real Person', email: 'real@acme.example', origin: 'declared' as const }],
}
const realSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

function webhookWith(request: object = {}, delivery: object = {}, rest: Partial<Webhook> = {}): Webhook {
  return {
    id: 'whk_01',
    account_id: 'acc_01',
    version: 3,
    status: 'active',
    status_reason: null,
    name: 'Deals to the ERP',
    description: 'For accounting',
    events: ['lead.stage_changed'],
    scope: [],
    entering: 'moved',
    conditions: { combinator: 'and', rules: [] },
    fire: 'each_time',
    limits: { per: 'record', per_record: null, min_interval_s: null },
    delay_s: 0,
    active_hours: null,
    request: {
      method: 'POST',
      url: 'https://erp.example/hooks',
      headers: [],
      auth: { type: 'none' },
      format: 'standard',
      options: {},
      ...request,
    },
    delivery: {
      retry: { policy: 'schedule', waits_s: [5, 300, 7200] },
      timeout_s: 10,
      slots: 10,
      rate_per_s: null,
      order: 'none',
      expires_s: 604_800,
      disable_after_s: null,
      disable_after_failures: null,
      on_gone: 'disable',
      signing: 'standard',
      ...delivery,
    },
    signing_secrets: [{ secret: realSecret, until: null }],
    pauses: [],
    created_at: 0,
    updated_at: 0,
    ...rest,
  }
}

const make = (webhook: Webhook, language: (typeof languages)[number] = 'en') =>
  makeHandout(webhook, account, schema, { language, now: Date.now() })
const bodyOf = ({ request }: ReturnType<typeof make>) => Buffer.from(request!.body!).toString()

test('it tells the webhook, its events, and what each key of the sample means', () => {
  const handout = make(webhookWith())
  expect(handout.webhook).toEqual({
    id: 'whk_01',
    name: 'Deals to the ERP',
    description: 'For accounting',
    status: 'active',
    events: [{ type: 'lead.stage_changed', title: 'Lead: stage changed' }],
    method: 'POST',
    url: 'https://erp.example/hooks',
    format: 'standard',
    signing: 'standard',
  })
  const body = JSON.parse(bodyOf(handout)) as { data: { related: object } }
  expect(handout.fields).toContainEqual({
    path: 'data.current.price',
    title: 'Price',
    example: 12000,
  })
  expect(handout.fields).toContainEqual({
    path: 'data.related.contact.email',
    title: 'Contact: E-mail',
    example: 'anna@acme.example',
  })
  expect(Object.keys(body.data.related)).toContain('stage')
  expect(handout.fields.map(({ path }) => path)).toContain('data.data.old_stage_id')
})

test("nothing of the account's own people is in it", () => {
  expect(JSON.stringify(make(webhookWith()))).not.toMatch(/Real Person|real@/)
})

test.each<[string, object, { path: string; title: string; note?: string }[]]>([
  [
    'a form of amoCRM',
    { format: 'amocrm', options: { body: 'pipeline', encoding: 'form' } },
    [
      { path: 'leads[status][0][id]', title: 'Id of the record' },
      { path: 'leads[status][0][old_pipeline_id]', title: 'Pipeline (before)' },
      { path: 'leads[status][0][pipeline_id]', title: 'Pipeline' },
      { path: 'leads[status][0][old_status_id]', title: 'Stage (before)' },
      { path: 'leads[status][0][status_id]', title: 'Stage' },
    ],
  ],
  [
    'JSON of amoCRM',
    { format: 'amocrm', options: { body: 'pipeline', encoding: 'json' } },
    [
      { path: 'leads.status[0].id', title: 'Id of the record' },
      { path: 'leads.status[0].old_pipeline_id', title: 'Pipeline (before)' },
      { path: 'leads.status[0].pipeline_id', title: 'Pipeline' },
      { path: 'leads.status[0].old_status_id', title: 'Stage (before)' },
      { path: 'leads.status[0].status_id', title: 'Stage' },
    ],
  ],
  [
    'parameters in a query',
    {
      method: 'GET',
      format: 'params',
      options: {
        encoding: 'query',
        params: [
          { name: 'deal.price', from: 'field', value: 'current.price' },
          { name: 'origin', from: 'value', value: 'hookline' },
        ],
      },
    },
    [
      { path: 'deal[price]', title: 'Price' },
      { path: 'origin', title: 'A fixed value, the same in every request' },
    ],
  ],
  [
    'a template',
    {
      format: 'template',
      options: {
        content_type: 'application/json',
        template: '{"chat": {{ contact.phone | json }}, "about": [{"x": {{ current.name | json }}}], "v": 1}',
      },
    },
    [
      { path: 'chat', title: 'Contact: Phone' },
      { path: 'about[0].x', title: 'Name' },
      { path: 'v', title: 'v' },
    ],
  ],
  [
    'XML',
    {
      format: 'template',
      options: { content_type: 'application/xml', template: '<x>{{ record.id }}</x>' },
    },
    [],
  ],
])('the fields of %s', (_, request, expected) => {
  const { fields } = make(webhookWith(request))
  expect(fields.map(({ example: _example, ...field }) => field)).toEqual(expected)
})

test('fields of SALESmanago say that null means unknown, in the language asked for', () => {
  const { fields } = make(webhookWith({ format: 'salesmanago' }), 'pl')
  expect(fields.map(({ path }) => path)).toEqual([
    'id', 'name', 'contactId', 'description', 'email', 'phone', 'company',
  ]) // prettier-ignore
  expect(fields.at(-1)).toEqual({
    path: 'company',
    title: 'Nazwa firmy',
    example: 'ACME',
    note: 'null, jeśli brak danych.',
  })
})

test('no secret is in it, wherever its user put it', () => {
  const secrets = {
    bearer: 'bearer-of-the-ERP',
    header: 'header-value-1',
    query: 'q-short',
    path: 'XXXXyyyyXXXXyyyyXXXXyyyy',
    uuid: '550e8400-e29b-41d4-a716-446655440000',
    user: 'admin:hunter2',
    row: 'row-secret',
    drawn: 'sk1live9zzzzQQQQ',
  }
  const webhook = webhookWith({
    url: `https://${secrets.user}@erp.example/deals-of-2026/${secrets.path}/${secrets.uuid}/{{ record.id }}?api_key=${secrets.query}&lang=en&again=${secrets.bearer}#x`,
    headers: [{ name: 'X-Key', value: secrets.header }],
    auth: { type: 'bearer', token: secrets.bearer },
    format: 'params',
    options: {
      encoding: 'json',
      params: [
        { name: 'auth.token', from: 'value', value: secrets.row },
        { name: 'plain', from: 'value', value: secrets.drawn },
        { name: 'copied', from: 'value', value: `x ${secrets.header} y` },
        { name: 'note', from: 'value', value: 'From the CRM, 2026' },
        { name: 'key', from: 'field', value: 'current.name' },
      ],
    },
  })
  const handout = make(webhook)
  const all = JSON.stringify([handout, bodyOf(handout)])
  for (const secret of [...Object.values(secrets), realSecret]) expect(all).not.toContain(secret)
  const mask = '••••••••'
  expect(handout.webhook.url).toBe(
    `https://${mask}@erp.example/deals-of-2026/${mask}/${mask}/{{ record.id }}?api_key=${mask}&lang=en&again=${mask}#`,
  )
  expect(JSON.parse(bodyOf(handout))).toEqual({
    auth: { token: mask },
    plain: mask,
    copied: `x ${mask} y`,
    note: 'From the CRM, 2026',
    key: 'Deal with ACME',
  })
  expect(handout.request!.headers).toContainEqual(['authorization', mask])
  expect(handout.request!.headers).toContainEqual(['X-Key', mask])
})

test('secrets written into a template are masked, and the rest of it stays', () => {
  const template =
    '{"api_token": "abc", "name": {{ current.name | json }}, "token": {{ record.id | json }}, "at": "12:30"}'
  const handout = make(
    webhookWith({ format: 'template', options: { content_type: 'application/json', template } }),
  )
  expect(JSON.parse(bodyOf(handout))).toEqual({
    api_token: '••••••••',
    name: 'Deal with ACME',
    token: '4831596',
    at: '12:30',
  })
})

test('the sample passes for whoever verifies it with the secret that is told, not with the real one', () => {
  const handout = make(webhookWith())
  const told = /whsec_[\w+/=]+/.exec(handout.expect.join(' '))![0]
  expect(told).not.toBe(realSecret)
  const headers = Object.fromEntries(handout.request!.headers)
  expect(new StandardWebhooks(told).verify(bodyOf(handout), headers)).toBeTruthy()
  expect(() => new StandardWebhooks(realSecret).verify(bodyOf(handout), headers)).toThrow()
  expect(handout.verification.map(({ title }) => title)).toEqual(['Node.js', 'Python', 'PHP', 'Go'])
})

test('without signing there is no code, and it says so', () => {
  const handout = make(webhookWith({}, { signing: 'none' }))
  expect(handout.verification).toEqual([])
  expect(handout.expect.join(' ')).toContain('not signed')
})

test.each<[string, object, RegExp[]]>([
  ['retries', {}, [/within 10 sec/, /5 sec, 5 min, and 2 hr/, /410 Gone/, /webhook-id/, /overtake/]],
  ['one try', { retry: { policy: 'once' } }, [/sent once/]],
  ['order', { order: 'record' }, [/one after the other/]],
  ['half a second', { timeout_s: 0.5 }, [/within 0\.5 sec/]],
])('what is expected: %s', (_, delivery, patterns) => {
  const told = make(webhookWith({}, delivery)).expect.join('\n')
  for (const pattern of patterns) expect(told).toMatch(pattern)
})

test('what does not apply is not said', () => {
  const told = make(webhookWith({}, { retry: { policy: 'once' }, on_gone: 'retry' })).expect.join('\n')
  expect(told).not.toMatch(/410|Retry-After|tried again: /)
})

test.each(languages)('%s: sentences are whole', (language) => {
  for (const delivery of [{}, { retry: { policy: 'once' }, order: 'record', signing: 'none' }]) {
    const { expect: told } = make(webhookWith({}, delivery), language)
    expect(new Set(told).size).toBe(told.length)
    for (const sentence of told) expect(sentence).toMatch(/^[\p{L}\d•].*[^{}]\.$/su)
  }
})

test('the first event whose sample fits the format is shown, and none where none does', () => {
  const amocrm = { format: 'amocrm', options: { body: 'pipeline', encoding: 'json' } }
  const some = make(webhookWith(amocrm, {}, { events: ['lead.created', 'lead.stage_changed'] }))
  expect(Object.keys(JSON.parse(bodyOf(some)) as object)).toEqual(['leads'])
  const none = make(webhookWith(amocrm, {}, { events: ['quote.created'] }))
  expect(none).toMatchObject({ request: null, fields: [], curl: '' })
})

const hasShell = spawnSync('sh', ['-c', 'true']).status === 0

test.runIf(hasShell)('the command is one that a shell reads back as the sample, to the own machine', () => {
  const name = `it's "here" $HOME \`x\`\nand [there]`
  const handout = make(
    webhookWith({
      url: 'https://erp.example/hooks/[x]?a={b}',
      format: 'params',
      options: { encoding: 'json', params: [{ name: 'note', from: 'value', value: name }] },
    }),
  )
  // Instead of sending anything, the words that curl would be given are printed.
  const script = handout.curl.replace(/^curl /, `curl() { printf '%s\\0' "$@"; }; curl `)
  const words = spawnSync('sh', ['-c', script]).stdout.toString().split('\0').slice(0, -1)
  expect(words.slice(0, 4)).toEqual(['-X', 'POST', 'http://localhost:3000/hooks/[x]?a={b}', '--globoff'])
  expect(words.at(-2)).toBe('--data-binary')
  expect(JSON.parse(words.at(-1)!)).toEqual({ note: name })
  expect(words).toContain('content-type: application/json')
})
