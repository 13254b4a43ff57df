/** Everything that can be wrong with a webhook is refused at save, all of it at once, and nothing is kept. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, done, type Page, type ProblemAnswer, type WebhookAnswer } from '../support/api.ts'
import { type Backend, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let api: Api

beforeAll(async () => {
  // Any address but loopback is listened on, so that receivers on this machine are not allowed.
  server = await startTestServer({ backend: 'sqlite', environment: { HOOKLINE_HOST: '0.0.0.0' } })
  api = server.api
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const good = {
  name: 'Won deals',
  events: ['lead.stage_changed'],
  request: { url: 'https://erp.example/hooks' },
}

const request = (changes: object) => ({ request: { ...good.request, ...changes } })
const condition = (...rules: object[]) => ({ conditions: { combinator: 'and', rules } })
const headers = (...list: [string, string][]) =>
  request({ headers: list.map(([name, value]) => ({ name, value })) })
const params = (...rows: object[]) => request({ format: 'params', options: { params: rows } })

test.each<[object, string[]]>([
  [{ name: ' ' }, ['name required']],
  [{ nam: 'x' }, ['nam unknown_key']],
  [{ events: [] }, ['events required']],
  [{ events: ['lead.stage_change'] }, ['events[0] unknown_event']],
  [{ events: ['lead.created', 'leed.*'] }, ['events[1] unknown_event']],
  [{ events: 'lead.created' }, ['events wrong_type']],
  [{ scope: [{ pipeline: '1' }] }, ['scope[0].pipeline unknown_key']],
  [{ scope: [{ stage_ids: [16203337] }] }, ['scope[0].stage_ids[0] wrong_type']],
  [{ scope: [{ stage_ids: [] }] }, ['scope[0].stage_ids too_few']],
  [{ scope: [{}] }, ['scope[0] required']],
  [{ entering: 'created' }, ['entering needs_scope']],
  [
    { entering: 'created', scope: [{ pipeline_id: '1' }], events: ['lead.updated'] },
    ['entering needs_stage_event'],
  ],
  [{ entering: 'left' }, ['entering not_a_choice']],
  [
    condition({ field: 'current.prise', operator: '>', value: 1 }),
    ['conditions.rules[0].field unknown_field'],
  ],
  [
    condition({ field: 'current.price', operator: '~', value: 1 }),
    ['conditions.rules[0].operator unknown_operator'],
  ],
  [
    condition({ field: 'current.price', operator: 'contains', value: '1' }),
    ['conditions.rules[0].operator operator_not_accepted'],
  ],
  [
    condition({ field: 'current.price', operator: '>', value: 'much' }),
    ['conditions.rules[0].value bad_value'],
  ],
  [
    condition({ field: 'current.price', operator: '>', value: 1, valu: 2 }),
    ['conditions.rules[0].valu unknown_key'],
  ],
  [
    { ...condition({ field: 'current.price', operator: 'changed' }), events: ['lead.created'] },
    ['conditions.rules[0].operator transition_not_possible'],
  ],
  [{ fire: 'once' }, ['fire not_a_choice']],
  [{ fire: 'becomes_true', events: ['lead.email_received', 'lead.note_added'] }, ['fire never_becomes_true']],
  [{ limits: { per: 'company' } }, ['limits.per not_a_choice']],
  [
    { limits: { per_record: 0, min_interval_s: 0 } },
    ['limits.per_record out_of_range', 'limits.min_interval_s out_of_range'],
  ],
  [{ limits: { per_record: 1.5 } }, ['limits.per_record wrong_type']],
  [{ limits: { max: 1 } }, ['limits.max unknown_key']],
  [{ delay_s: -1 }, ['delay_s out_of_range']],
  [{ delay_s: 2_592_001 }, ['delay_s out_of_range']],
  [
    { active_hours: { days: [0], from: '9:00', to: '25:00', time_zone: 'Warsaw', outside: 'wait' } },
    [
      'active_hours.days bad_days',
      'active_hours.from bad_time',
      'active_hours.to bad_time',
      'active_hours.time_zone unknown_time_zone',
      'active_hours.outside not_a_choice',
    ],
  ],
  [
    { active_hours: {} },
    [
      'active_hours.days bad_days',
      'active_hours.from bad_time',
      'active_hours.to bad_time',
      'active_hours.time_zone unknown_time_zone',
      'active_hours.outside not_a_choice',
    ],
  ],
  [{ delivery: { disable_after_s: 59 } }, ['delivery.disable_after_s out_of_range']],
  [{ delivery: { disable_after_failures: 0 } }, ['delivery.disable_after_failures out_of_range']],
  [{ delivery: { disable_after_failures: 10_001 } }, ['delivery.disable_after_failures out_of_range']],
  [{ events: ['webhook.*'] }, ['events[0] unknown_event']],
  [{ events: ['webhook.gone'] }, ['events[0] unknown_event']],
  [{ preset: 'salesmanago-rul' }, ['preset not_a_choice']],
  [{ conditions: { combinator: 'xor', rules: [] } }, ['conditions.combinator bad_shape']],
  [request({ url: '' }), ['request.url required']],
  [request({ url: 'erp.example/hooks' }), ['request.url url_malformed']],
  [request({ url: 'ftp://erp.example/' }), ['request.url url_scheme']],
  [request({ url: 'javascript:alert(1)' }), ['request.url url_scheme']],
  [request({ url: 'https://u:p@erp.example/' }), ['request.url url_credentials']],
  [request({ url: 'http://127.0.0.1/' }), ['request.url url_private_address']],
  [request({ url: 'http://2130706433/' }), ['request.url url_private_address']],
  [request({ url: 'http://10.0.0.8/' }), ['request.url url_private_address']],
  [request({ url: 'http://[::ffff:10.0.0.8]/' }), ['request.url url_private_address']],
  [request({ url: 'http://169.254.169.254/latest' }), ['request.url url_private_address']],
  [request({ url: 'http://localhost:9/' }), ['request.url url_private_address']],
  [request({ url: 'https://erp.example/#part' }), ['request.url url_fragment']],
  [request({ url: `https://erp.example/${'x'.repeat(2048)}` }), ['request.url too_long']],
  [request({ url: 'https://erp.example/{{ record.id' }), ['request.url unclosed_placeholder']],
  [request({ method: 'HEAD' }), ['request.method not_a_choice']],
  [request({ method: 'GET' }), ['request.method method_not_for_format']],
  [request({ format: 'standrd' }), ['request.format not_a_choice']],
  [request({ options: { encoding: 'json' } }), ['request.options.encoding unknown_option']],
  [
    { ...request({ format: 'amocrm' }), events: ['lead.stage_changed', 'lead.updated'] },
    ['request.format cannot_express'],
  ],
  [
    params({ name: 'сумма', from: 'field', value: 'current.price' }),
    ['request.options.params[0].name bad_param_name'],
  ],
  [headers(['X-A\r\nX-B', 'x']), ['request.headers[0].name header_name']],
  [headers(['', 'x']), ['request.headers[0].name header_name']],
  [headers(['X A', 'x']), ['request.headers[0].name header_name']],
  [headers(['X-A', 'x\r\nX-B: y']), ['request.headers[0].value header_value']],
  [headers(['X-A', 'цена']), ['request.headers[0].value header_value']],
  [headers(['X-A', 'fine'], ['Host', 'x']), ['request.headers[1].name header_reserved']],
  [headers(['content-LENGTH', '5']), ['request.headers[0].name header_reserved']],
  [headers(['Transfer-Encoding', 'chunked']), ['request.headers[0].name header_reserved']],
  [headers(['webhook-id', 'x']), ['request.headers[0].name header_reserved']],
  [headers(['Hookline-Cause', 'x']), ['request.headers[0].name header_reserved']],
  [headers(['Proxy-Authorization', 'x']), ['request.headers[0].name header_reserved']],
  [
    request({ headers: Array.from({ length: 51 }, (_, index) => ({ name: `x-${index}`, value: '' })) }),
    ['request.headers too_many'],
  ],
  [
    request({ auth: { type: 'bearer', token: 'x' }, headers: [{ name: 'authorization', value: 'y' }] }),
    ['request.headers[0].name header_twice'],
  ],
  [
    request({ auth: { type: 'basic', username: 'a:b', password: 'p' } }),
    ['request.auth.username auth_value'],
  ],
  [request({ auth: { type: 'basic', username: 'a' } }), ['request.auth.password required']],
  [request({ auth: { type: 'basic', user: 'a', password: 'p' } }), ['request.auth.user unknown_key']],
  [request({ auth: { type: 'bearer', token: 'a\nb' } }), ['request.auth.token header_value']],
  [request({ auth: { type: 'bearer', token: 'a', value: 'b' } }), ['request.auth.value not_together']],
  [request({ auth: { type: 'bearer', token: '••••••••' } }), ['request.auth.token nothing_kept']],
  [request({ auth: { type: 'header', name: 'Host', value: 'b' } }), ['request.auth.name header_reserved']],
  [request({ auth: { type: 'digest' } }), ['request.auth.type not_a_choice']],
  [{ delivery: { timeout_s: 0 } }, ['delivery.timeout_s out_of_range']],
  [{ delivery: { timeout_s: 31 } }, ['delivery.timeout_s out_of_range']],
  [{ delivery: { slots: 1.5 } }, ['delivery.slots wrong_type']],
  [{ delivery: { slots: 1001 } }, ['delivery.slots out_of_range']],
  [{ delivery: { expires_s: 59 } }, ['delivery.expires_s out_of_range']],
  [{ delivery: { rate_per_s: 0.09 } }, ['delivery.rate_per_s out_of_range']],
  [{ delivery: { rate_per_s: 1001 } }, ['delivery.rate_per_s out_of_range']],
  [{ delivery: { retry: { policy: 'twice' } } }, ['delivery.retry.policy not_a_choice']],
  [{ delivery: { retry: { waits_s: [5] } } }, ['delivery.retry.policy required']],
  [{ delivery: { retry: { policy: 'schedule', waits_s: [] } } }, ['delivery.retry.waits_s too_few']],
  [{ delivery: { retry: { policy: 'once', waits_s: [5] } } }, ['delivery.retry.waits_s unknown_option']],
])('%j', async (changes, expected) => {
  const answer = await api.post<ProblemAnswer>('/v1/webhooks', { ...good, ...changes })
  expect(answer.body.errors?.map(({ path, code }) => `${path} ${code}`)).toEqual(expected)
  expect(answer.status).toBe(422)
  expect(answer.body.code).toBe('invalid')
  expect((await done(api.get<Page<WebhookAnswer>>('/v1/webhooks'))).items).toEqual([])
})

test('all mistakes are told at once', async () => {
  const answer = await api.post<ProblemAnswer>('/v1/webhooks', {
    name: '',
    events: ['lead.stage_changed', 'lead.nothing'],
    ...condition({ field: 'current.prise', operator: '=', value: 'x' }),
    request: { url: 'http://10.0.0.8/', headers: [{ name: 'Host', value: 'x' }] },
    delivery: { slots: 0 },
  })
  expect(answer.body.errors.map(({ path }) => path)).toEqual([
    'name',
    'events[1]',
    'conditions.rules[0].field',
    'request.url',
    'request.headers[0].name',
    'delivery.slots',
  ])
})

test('a refusal for a private address names the setting that allows it', async () => {
  const answer = await api.post<ProblemAnswer>('/v1/webhooks', {
    ...good,
    ...request({ url: 'http://10.0.0.8/' }),
  })
  expect(answer.body.detail).toContain('HOOKLINE_EGRESS_ALLOW')
})

test('a change that is wrong leaves the webhook and its version alone', async () => {
  const { api } = await server.newAccount()
  const webhook = await done(api.post<WebhookAnswer>('/v1/webhooks', good))
  const path = `/v1/webhooks/${webhook.id}`
  const wrong = { name: 'Renamed', request: { url: 'ftp://erp.example/' } }
  expect((await api.patch(path, wrong)).status).toBe(422)
  expect(await done(api.get<WebhookAnswer>(path))).toEqual(webhook)
})

test.each<[Backend, Record<string, string>, number]>([
  ['sqlite', {}, 201],
  ['sqlite', { HOOKLINE_PUBLIC_URL: 'http://localhost:8420' }, 201],
  ['sqlite', { HOOKLINE_PUBLIC_URL: 'https://hooks.example.com' }, 422],
  ['postgres', { HOOKLINE_ROLE: 'api' }, 422],
])(
  'receivers on this machine are for a server that nobody else can reach: %s %j',
  async (backend, environment, status) => {
    await using own = await startTestServer({ backend, environment })
    const answer = await own.api.post('/v1/webhooks', { ...good, ...request({ url: 'http://127.0.0.1:9/' }) })
    expect(answer.status).toBe(status)
  },
)
