/** What callers get wrong, one by one. Each is sent as it stands and changes nothing. */

/** What is sent, and the one answer that it must get. */
export interface Bad {
  title: string
  method: string
  /** `:webhook` and the like stand for what the account has. */
  path: string
  body?: unknown
  raw?: string | Uint8Array
  headers?: Record<string, string>
  status: number
  code: string
  /** Path and code of a detail that must be among the answer's errors. */
  detail?: [path: string, code: string]
}

export const record = '/v1/records/lead/4831596'
const malformed = { status: 400, code: 'malformed' }
const invalid = { status: 422, code: 'invalid' }

function patch(title: string, raw: string | Uint8Array, code: string, path = ''): Bad {
  return { title, method: 'PATCH', path: record, raw, ...malformed, detail: [path, code] }
}

export const unreadable: Bad[] = [
  patch('JSON that breaks off', '{"name": "Deal', 'not_json'),
  patch('single quotes', "{'name': 'Deal'}", 'not_json'),
  patch('something behind the JSON', '{"name":"Deal"} {}', 'not_json'),
  patch('NaN', '{"price": NaN}', 'not_json'),
  patch('bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'not_utf8'),
  patch('an integer past 2^53', '{"price": 9007199254740993}', 'number_too_large', 'price'),
  patch('a negative one, deep inside', '{"a":[{"b":-9007199254740993}]}', 'number_too_large', 'a[0].b'),
  patch('an integer past 2^53 with an exponent', '{"price": 1e20}', 'number_too_large', 'price'),
  patch('a number without end', '{"price": 1e999}', 'number_too_large', 'price'),
  patch('NUL', String.raw`{"name": "a\u0000b"}`, 'nul_character', 'name'),
  patch('NUL in a key', String.raw`{"a\u0000b": 1}`, 'nul_character', 'a\u0000b'),
  patch('a lone surrogate', String.raw`{"name": "\ud83d"}`, 'lone_surrogate', 'name'),
  patch('surrogates in the wrong order', String.raw`{"name": "\ude00\ud83d"}`, 'lone_surrogate', 'name'),
  patch('a key __proto__', '{"__proto__": {"admin": true}}', 'bad_key', '__proto__'),
  patch('the same, written with an escape', String.raw`{"\u005f_proto__": 1}`, 'bad_key', '__proto__'),
  patch('lists 100 deep', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'too_deep'),
  {
    title: 'a body over the limit',
    method: 'PATCH',
    path: record,
    raw: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }),
    status: 413,
    code: 'too_large',
  },
  {
    title: 'a form',
    method: 'PATCH',
    path: record,
    raw: 'name=Deal',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    title: 'a compressed body',
    method: 'PATCH',
    path: record,
    raw: '{}',
    headers: { 'content-encoding': 'gzip' },
    status: 415,
    code: 'unsupported_media_type',
  },
]

function bad(title: string, method: string, path: string, body: unknown, at: string, code: string): Bad {
  return { title, method, path, body, ...invalid, detail: [at, code] }
}

export const call = { type: 'lead.call_received', record: { kind: 'lead', id: '1' } }

export const wrongShapes: Bad[] = [
  bad('no body at all', 'PATCH', record, undefined, '', 'required'),
  bad('a list for a record', 'PATCH', record, [], '', 'wrong_type'),
  bad('text for a number', 'PATCH', record, { price: 'dear' }, 'price', 'wrong_type'),
  bad('a list for a text', 'PATCH', record, { name: ['Deal'] }, 'name', 'wrong_type'),
  bad('the id among the fields', 'PATCH', record, { id: '4831596' }, 'id', 'not_a_field'),
  bad('an unknown query parameter', 'PATCH', `${record}?replce=true`, {}, 'replce', 'unknown_key'),
  bad('a time that is none', 'PATCH', `${record}?occurred_at=yesterday`, {}, 'occurred_at', 'bad_time'),
  bad('an event without a record', 'POST', '/v1/events', { type: 'lead.created' }, 'record', 'required'),
  bad('an unknown key in an event', 'POST', '/v1/events', { ...call, datta: {} }, 'datta', 'unknown_key'),
  bad(
    'a number for an id',
    'POST',
    '/v1/events',
    { ...call, record: { kind: 'lead', id: 7 } },
    'record.id',
    'wrong_type',
  ),
  bad(
    'an unknown event type',
    'POST',
    '/v1/events',
    { ...call, type: 'lead.stage_chnged' },
    'type',
    'unknown_event_type',
  ),
  bad(
    'an event of another kind',
    'POST',
    '/v1/events',
    { ...call, record: { kind: 'contact', id: '1' } },
    'record.kind',
    'other_kind',
  ),
  bad('an empty batch', 'POST', '/v1/records/batch', { items: [] }, 'items', 'too_few'),
  bad('an unknown kind of token', 'POST', '/v1/tokens', { kind: 'root', name: 'x' }, 'kind', 'not_a_choice'),
  bad(
    'a stage twice',
    'PUT',
    '/v1/pipelines/lead/1',
    { stages: [{ id: 'a' }, { id: 'a' }] },
    'stages[1].id',
    'twice',
  ),
  bad('a key with spaces', 'PATCH', record, { name: 'x' }, 'Idempotency-Key', 'bad_idempotency_key'),
]
wrongShapes.at(-1)!.headers = { 'idempotency-key': 'two words' }

export const good = {
  name: 'Calls',
  events: ['lead.call_received', 'lead.updated'],
  request: { url: 'https://erp.example/hook' },
}

/** A webhook that is fine but for this. */
function webhook(title: string, change: object, at: string, code: string): Bad {
  return bad(title, 'POST', '/v1/webhooks', { ...good, ...change }, at, code)
}

function rule(title: string, row: object, at: string, code: string, events = good.events): Bad {
  const conditions = { combinator: 'and', rules: [row] }
  return webhook(title, { conditions, events }, `conditions.rules[0].${at}`, code)
}

function url(title: string, address: string, code: string): Bad {
  return webhook(title, { request: { url: address } }, 'request.url', code)
}

function header(title: string, name: string, value: string, at: string, code: string): Bad {
  const request = { ...good.request, headers: [{ name, value }] }
  return webhook(title, { request }, `request.headers[0].${at}`, code)
}

function format(title: string, request: object, at: string, code: string): Bad {
  return webhook(title, { request: { ...good.request, ...request } }, at, code)
}

const param = (name: string) => ({
  format: 'params',
  options: { params: [{ name, from: 'value', value: '' }] },
})

export const badWebhooks: Bad[] = [
  webhook('an unknown key', { evnts: [] }, 'evnts', 'unknown_key'),
  webhook('an unknown key inside', { delivery: { retries: 3 } }, 'delivery.retries', 'unknown_key'),
  webhook('a wrong type', { name: 7 }, 'name', 'wrong_type'),
  webhook('no events', { events: [] }, 'events', 'required'),
  webhook('an unknown event', { events: ['lead.call_recieved'] }, 'events[0]', 'unknown_event'),
  webhook('a pattern that matches nothing', { events: ['invoice.*'] }, 'events[0]', 'unknown_event'),
  webhook(
    'a number as a stage',
    { scope: [{ stage_ids: [16203337] }] },
    'scope[0].stage_ids[0]',
    'wrong_type',
  ),
  webhook('entering without a scope', { entering: 'created' }, 'entering', 'needs_scope'),
  webhook('a timeout out of range', { delivery: { timeout_s: 600 } }, 'delivery.timeout_s', 'out_of_range'),
  webhook(
    'an unknown retry policy',
    { delivery: { retry: { policy: 'forever' } } },
    'delivery.retry.policy',
    'not_a_choice',
  ),
  rule('an unknown field', { field: 'current.prise', operator: '>', value: 1 }, 'field', 'unknown_field'),
  rule(
    'an unknown operator',
    { field: 'current.price', operator: 'above', value: 1 },
    'operator',
    'unknown_operator',
  ),
  rule(
    'an operator that the field does not accept',
    { field: 'current.price', operator: 'contains', value: 'x' },
    'operator',
    'operator_not_accepted',
  ),
  rule(
    'a transition where nothing changes',
    { field: 'current.price', operator: 'changed' },
    'operator',
    'transition_not_possible',
    ['lead.call_received'],
  ),
  rule(
    'a value of another type',
    { field: 'current.price', operator: '>', value: 'dear' },
    'value',
    'bad_value',
  ),
  rule(
    'an unknown key in a rule',
    { field: 'current.price', operator: 'notNull', vlaue: 1 },
    'vlaue',
    'unknown_key',
  ),
  url('another scheme', 'ftp://erp.example/hook', 'url_scheme'),
  url('a script for a URL', 'javascript:alert(1)', 'url_scheme'),
  url('a file', 'file:///etc/passwd', 'url_scheme'),
  url('a password in the URL', 'https://ann:geheim@erp.example/hook', 'url_credentials'),
  url('a private address', 'http://10.0.0.7/hook', 'url_private_address'),
  url('a private address in hexadecimal', 'http://0x0a000007/hook', 'url_private_address'),
  url('the cloud metadata address', 'http://169.254.169.254/latest/meta-data/', 'url_private_address'),
  url('a private address inside IPv6', 'http://[::ffff:192.168.0.1]/', 'url_private_address'),
  url('a link-local IPv6 address', 'http://[fe80::1]/', 'url_private_address'),
  url('a host from a field', 'https://{{ record.id }}.example/', 'url_malformed'),
  url('a line break in the URL', 'https://erp.example/\r\nX: y', 'url_malformed'),
  url('no URL', '', 'required'),
  header('a header name with CR and LF', 'X-A\r\nX-B', 'v', 'name', 'header_name'),
  header('a header name with a colon', 'X-A: b', 'v', 'name', 'header_name'),
  header('a reserved header', 'Content-Length', '0', 'name', 'header_reserved'),
  header('a header of the signature', 'Webhook-Signature', 'v1,x', 'name', 'header_reserved'),
  header('a header value with a line break', 'X-A', 'a\r\nX-B: b', 'value', 'header_value'),
  format('an unknown format', { format: 'xml' }, 'request.format', 'not_a_choice'),
  format('GET with a body', { method: 'GET' }, 'request.method', 'method_not_for_format'),
  format('an event that the format cannot express', { format: 'amocrm' }, 'request.format', 'cannot_express'),
  format('an unknown option', { options: { colour: 1 } }, 'request.options.colour', 'unknown_option'),
  format('a parameter name with brackets', param('a[b]'), 'request.options.params[0].name', 'bad_param_name'),
  format('an unknown way to sign in', { auth: { type: 'digest' } }, 'request.auth.type', 'not_a_choice'),
  bad('a mask where nothing is kept', 'PATCH', '/v1/webhooks/:webhook', {
    request: { auth: { type: 'bearer', token: '••••••••' } },
  }, 'request.auth.token', 'nothing_kept'), // prettier-ignore
]

const missing = { status: 404, code: 'not_found' }
export const wrongPlaces: Bad[] = [
  { title: 'a path that is none', method: 'GET', path: '/v1/nothing', ...missing },
  { title: 'an unknown kind', method: 'PUT', path: '/v1/records/leed/1', body: {}, ...missing },
  { title: 'an unknown id', method: 'DELETE', path: '/v1/webhooks/whk_nothing', ...missing },
  { title: 'a record that is not there', method: 'DELETE', path: '/v1/records/lead/404', ...missing },
  { title: "another account's webhook", method: 'DELETE', path: '/v1/webhooks/:foreign', ...missing },
  { title: 'another method', method: 'PUT', path: '/v1/events', body: {}, status: 405, code: 'method_not_allowed' },
  { title: 'a page too large', method: 'GET', path: '/v1/events?limit=101', status: 400, code: 'bad_limit', detail: ['limit', 'out_of_range'] },
  { title: 'no page at all', method: 'GET', path: '/v1/events?limit=0', status: 400, code: 'bad_limit' },
  { title: 'a cursor made up', method: 'GET', path: '/v1/events?cursor=abc', status: 400, code: 'bad_cursor', detail: ['cursor', 'bad_cursor'] },
  { title: 'an inspector with NUL', method: 'GET', path: '/i/a%00b', ...malformed, detail: ['', 'nul_character'] },
  { title: 'a source with NUL', method: 'POST', path: '/in/%00', ...malformed, detail: ['', 'nul_character'] },
  { title: 'a version that is not the present one', method: 'PATCH', path: '/v1/webhooks/:webhook', body: { name: 'New' }, headers: { 'if-match': '7' }, status: 412, code: 'precondition_failed' },
  { title: 'a broken percent-encoding', method: 'PUT', path: '/v1/records/lead/%zz', body: {}, ...malformed },
  { title: 'a control character in an id', method: 'PUT', path: '/v1/records/lead/a%00b', body: {}, ...malformed, detail: ['id', 'bad_id'] },
  { title: 'an id too long', method: 'PUT', path: `/v1/records/lead/${'x'.repeat(201)}`, body: {}, ...malformed, detail: ['id', 'bad_id'] },
] // prettier-ignore

const unauthenticated = { status: 401, code: 'unauthenticated' }
export const wrongTokens: Bad[] = [
  { title: 'no token', headers: { authorization: '' }, ...unauthenticated },
  {
    title: 'an unknown token',
    headers: { authorization: `Bearer hl_${'0'.repeat(40)}` },
    ...unauthenticated,
  },
  { title: 'something else than a token', headers: { authorization: 'Basic YTpi' }, ...unauthenticated },
  { title: 'a token too weak', headers: { authorization: ':ingest' }, status: 403, code: 'forbidden' },
].map((one) => ({ method: 'POST', path: '/v1/webhooks', body: good, ...one }))
