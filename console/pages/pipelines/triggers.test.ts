import { expect, test } from 'vitest'
import type { ScopeEntry } from '../../data/webhooks.ts'
import { triggersOf } from './triggers.ts'

const webhook = (name: string, events: string[], scope: ScopeEntry[] = []) => ({ name, events, scope })

function placed(...webhooks: ReturnType<typeof webhook>[]) {
  const { everywhere, byStage } = triggersOf(webhooks, 'lead', '752662')
  return {
    everywhere: everywhere.map(({ name }) => name),
    byStage: Object.fromEntries([...byStage].map(([id, some]) => [id, some.map(({ name }) => name)])),
  }
}

test('sits on the stages that its scope names', () => {
  expect(
    placed(
      webhook('one', ['lead.stage_changed'], [{ pipeline_id: '752662', stage_ids: ['1'] }]),
      webhook('two', ['lead.*'], [{ pipeline_id: '752662', stage_ids: ['1', '2'] }]),
      webhook(
        'twice',
        ['*'],
        [
          { pipeline_id: '752662', stage_ids: ['2'] },
          { pipeline_id: '752662', stage_ids: ['2', '3'] },
        ],
      ),
    ),
  ).toEqual({ everywhere: [], byStage: { '1': ['one', 'two'], '2': ['two', 'twice'], '3': ['twice'] } })
})

test('sits on every stage with the pipeline only, or without any scope', () => {
  expect(
    placed(
      webhook('pipeline', ['lead.updated'], [{ pipeline_id: '752662' }]),
      webhook('moves', ['*.stage_changed']),
      webhook('wins', ['lead.won']),
    ),
  ).toEqual({ everywhere: ['pipeline', 'moves', 'wins'], byStage: {} })
})

test('sits elsewhere: another pipeline, another kind, or nothing to do with stages', () => {
  expect(
    placed(
      webhook('other pipeline', ['lead.stage_changed'], [{ pipeline_id: '1', stage_ids: ['1'] }]),
      webhook('other kind', ['customer.stage_changed'], [{ pipeline_id: '752662', stage_ids: ['1'] }]),
      webhook('periods', ['lead.period_changed'], [{ period_ids: ['5'] }]),
      webhook('mails', ['lead.email_received']),
      webhook('about webhooks', ['webhook.disabled']),
    ),
  ).toEqual({ everywhere: [], byStage: {} })
})
