import { describe, expect, test } from 'vitest'
import { mended } from './mended.ts'
import { isWithin, keysOf, valueAt, withValueAt } from './path.ts'
import { fieldAt, foldOf, outwards, placed } from './places.ts'
import { emptySettings } from './start-settings.ts'

describe('paths', () => {
  const draft = { request: { headers: [{ name: 'a', value: '1' }], url: 'x' }, name: 'n' }

  test('are read', () => {
    expect(keysOf('request.headers[0].name')).toEqual(['request', 'headers', 0, 'name'])
    expect(valueAt(draft, 'request.headers[0].name')).toBe('a')
    expect(valueAt(draft, 'request.headers[1].name')).toBeUndefined()
    expect(valueAt(draft, 'request.toString')).toBeUndefined()
    expect(valueAt(draft, '')).toBe(draft)
  })

  test('are written, and what lies beside stays the same object', () => {
    const after = withValueAt(draft, 'request.url', 'y')
    expect(after).toEqual({ ...draft, request: { ...draft.request, url: 'y' } })
    expect(after.request.headers).toBe(draft.request.headers)
    expect(withValueAt(draft, 'request.headers[1].name', 'b').request.headers[1]).toEqual({ name: 'b' })
  })

  test('lie within each other by whole words', () => {
    expect(isWithin('request.url', 'request')).toBe(true)
    expect(isWithin('scope[0].stage_ids', 'scope')).toBe(true)
    expect(isWithin('request.urls', 'request.url')).toBe(false)
  })
})

describe('the server’s paths lead to fields', () => {
  test.each([
    ['request.url', 'url', null],
    ['scope[1].stage_ids[0]', 'scope', 2],
    ['request.headers[2].name', 'headers', 3],
    ['request.options.params[0].name', 'options', 1],
    ['request.auth.password', 'password', null],
    ['request.auth', 'auth', null],
    ['active_hours.time_zone', 'timeZone', null],
    ['conditions.rules[0].rules[1].value', 'conditions', null],
    ['delivery.retry.waits_s[0]', 'retry', 1],
    ['limits.per_record', 'perRecord', null],
  ])('%s', (path, key, row) => {
    expect(fieldAt(path)).toMatchObject({ key, row })
  })

  test('and where there is none, to none', () => {
    expect(fieldAt('secret')).toBeNull()
  })

  test('every setting has one', () => {
    const paths = Object.entries(emptySettings).flatMap(([key, value]) =>
      key === 'request' || key === 'delivery'
        ? Object.keys(value as object).map((inner) => `${key}.${inner}`)
        : [key],
    )
    expect(paths.filter((path) => fieldAt(path) === null)).toEqual([])
  })
})

test('folds that hold a mistake are known', () => {
  expect(foldOf('request.auth.token')).toBe('auth')
  expect(foldOf('delivery.retry.waits_s[3]')).toBe('retries')
  expect(foldOf('active_hours.from')).toBe('hours')
  expect(foldOf('request.url')).toBeNull()
})

test('a missing place is asked for at the stages', () => {
  const problem = { path: 'entering', code: 'needs_scope', message: '' }
  expect(placed(problem).path).toBe('scope')
  expect(placed({ ...problem, code: 'needs_stage_event' }).path).toBe('entering')
})

test('a field is looked for from the inside out', () => {
  expect(outwards('a.b[0].c')).toEqual(['a.b[0].c', 'a.b[0]', 'a.b', 'a'])
  expect(outwards('')).toEqual([])
})

describe('a mistake is over', () => {
  const before = emptySettings

  test('when what stood there is another', () => {
    expect(mended('request.url', before, withValueAt(before, 'request.url', 'https://a.example'))).toBe(true)
    expect(mended('request.url', before, withValueAt(before, 'request.method', 'PUT'))).toBe(false)
    expect(mended('request', before, withValueAt(before, 'request.method', 'PUT'))).toBe(true)
  })

  test('or what it depends on', () => {
    expect(mended('request.format', before, withValueAt(before, 'events', ['task.created']))).toBe(true)
    expect(mended('request.method', before, withValueAt(before, 'request.format', 'params'))).toBe(true)
    expect(mended('conditions.rules[0].field', before, withValueAt(before, 'events', ['lead.won']))).toBe(
      true,
    )
  })
})
