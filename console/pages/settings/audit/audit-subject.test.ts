import { describe, expect, test } from 'vitest'
import { splitId, subjectAddress } from './audit-subject.ts'

test.each([
  ['lead/752662', ['lead', '752662']],
  ['lead/a/b', ['lead', 'a/b']],
  ['whk_1', ['', 'whk_1']],
])('%s', (id, parts) => {
  expect(splitId(id)).toEqual(parts)
})

describe('the page of a subject', () => {
  test.each([
    ['webhook', 'whk_1', 'updateWebhook', '/webhooks/whk_1'],
    ['record', 'lead/a/b', 'eraseRecord', '/records/lead/a%2Fb'],
    ['pipeline', 'lead/752662', 'putPipeline', '/pipelines/lead/752662'],
    ['field', 'lead/region', 'putField', '/settings/names?tab=fields&kind=lead'],
    ['member', 'mem_1', 'updateMember', '/settings/members'],
    ['webhook', 'whk_1', 'deleteShareLink', '/webhooks/whk_1'],
  ])('%s %s by %s is at %s', (kind, id, action, address) => {
    expect(subjectAddress(kind, id, action)).toBe(address)
  })

  test('what was deleted, and what the console does not know, has none', () => {
    expect(subjectAddress('webhook', 'whk_1', 'deleteWebhook')).toBeNull()
    expect(subjectAddress('import', 'imp_1', 'createImport')).toBeNull()
  })
})
