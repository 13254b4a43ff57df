import type { CrmSource, SourceCall } from '../../model/index.ts'
import { callOf, findSource } from '../../sources/index.ts'
import { newId } from '../../runtime/ids.ts'
import type { Origin } from '../ingest/change.ts'
import { hmacSha256 } from '../receive.ts'
import { newAddressToken, newSourceSecret } from '../webhooks/secret-text.ts'
import { adapterOf, sourceOptions } from '../sources.ts'
import type { DemoScene } from './demo-scene.ts'
import type { Story } from './story.ts'
import type { Step } from './telling.ts'
import { dayMs, hourMs } from './working-time.ts'

/** The demo's sources: a web site that tells of visits, and another branch's CRM. */
export interface DemoSources {
  ids: string[]
  /** Counts the call that brought a change, where one did, and says whose change it is. */
  receive(step: Extract<Step, { do: 'change' }>): Promise<Origin>
}

const adapters = { site: 'site-tracker', amocrm: 'amocrm' } as const

export async function makeDemoSources(scene: DemoScene, story: Story): Promise<DemoSources> {
  const made = {
    site: await makeSource(scene, story, 'site'),
    amocrm: await makeSource(scene, story, 'amocrm'),
  }
  await bringWrongCall(scene, story, made.site)
  return {
    ids: [made.site.id, made.amocrm.id],
    async receive({ via, at, by }) {
      if (via === 'ui') {
        const actor =
          by === null ? ({ kind: 'automation', id: null } as const) : ({ kind: 'user', id: by } as const)
        return { actor, source: 'ui', bulk: false, caused_by: null }
      }
      const { id, adapter } = made[via]
      await record(scene, made[via], { at, body: '', items: 1, problems: [] })
      return { actor: { kind: 'api', id }, source: adapter, bulk: false, caused_by: null }
    },
  }
}

async function makeSource(
  { tx, account_id }: DemoScene,
  { text, start }: Story,
  sort: keyof typeof adapters,
): Promise<CrmSource> {
  const adapter = adapterOf(adapters[sort])
  const source: CrmSource = {
    id: newId('src', start),
    account_id,
    adapter: adapter.name,
    name: text.sources[sort],
    token: newAddressToken(),
    secret: newSourceSecret(),
    options: sourceOptions(adapter, {}),
    status: 'active',
    calls: 0,
    items: 0,
    problems: 0,
    last_call_at: null,
    created_at: start - dayMs,
    updated_at: start - dayMs,
  }
  await tx.sources.insert(source)
  return source
}

/** A page that was written with another source's key: read by the adapter itself, so that it says what it would say. */
async function bringWrongCall(scene: DemoScene, story: Story, site: CrmSource): Promise<void> {
  const at = story.troubles.till.from + hourMs
  const body = `{"u":"https://www.team.example${story.text.pages[0]!.path}","r":"","k":"lead:4831501:00"}`
  const call = callOf({ contentType: 'text/plain;charset=UTF-8', body }, at)
  const { problems } = findSource(site.adapter)!.read(call, site.options, { secret: site.secret, hmacSha256 })
  await record(scene, site, { at, body, items: 0, problems })
}

async function record(
  { tx, sourceKeep }: DemoScene,
  { id }: CrmSource,
  { at, body, items, problems }: Pick<SourceCall, 'at' | 'items' | 'problems'> & { body: string },
): Promise<void> {
  const call: SourceCall = {
    id: newId('req', at),
    source_id: id,
    at,
    method: 'POST',
    path: '',
    query: '',
    headers: [['content-type', 'text/plain;charset=UTF-8']],
    body: Buffer.from(body),
    items,
    problems,
  }
  await tx.sources.recordCall(call, sourceKeep)
}
