import type { Preset } from '../../data/catalogue.ts'
import type { Inspector } from '../../data/inspectors.ts'
import type { Pipeline, PipelineInput, Stage } from '../../data/pipelines.ts'
import type { CrmRecord } from '../../data/records.ts'
import type { Webhook, WebhookDraft } from '../../data/webhooks.ts'

/** The one kind that everybody knows, and the one record of it that the guide moves. */
export const guideKind = 'lead'
export const guideRecordId = 'first-lead'
const moved = `${guideKind}.stage_changed`

type StageOf = Pick<Stage, 'id' | 'name' | 'type' | 'color'>

/** Where the lead stands, and where it is moved to. */
export interface Way {
  pipeline: { kind: string; id: string; name: string }
  from: StageOf
  to: StageOf
  /** It is there already. */
  exists: boolean
}

/** Two stages of a pipeline that is there, or of the one that is to be made. */
export function wayOf(pipelines: readonly Pipeline[], starter: PipelineInput): Way {
  const usable = pipelines.filter(({ kind, stages }) => kind === guideKind && stages.length > 1)
  const known = usable.find(({ origin }) => origin === 'declared') ?? usable[0]
  if (known) {
    const [from, to] = twoStages(known.stages)
    return { pipeline: known, from, to, exists: true }
  }
  const stages = (starter.stages ?? []).map(({ id, name = id, type = 'open', color = null }) => ({
    id,
    name,
    type,
    color,
  }))
  const [from, to] = twoStages(stages)
  return {
    pipeline: { kind: guideKind, id: starter.id, name: starter.name ?? starter.id },
    from,
    to,
    exists: false,
  }
}

function twoStages(stages: readonly StageOf[]): [from: StageOf, to: StageOf] {
  const start = Math.max(
    0,
    stages.findIndex(({ type }) => type === 'open'),
  )
  const from = stages[start]
  const to = stages[start + 1] ?? stages.find((stage) => stage !== from)
  if (!from || !to) throw new Error('A pipeline needs two stages to move between.')
  return [from, to]
}

/** Presets about the server itself are alerts; the others are webhooks about records. */
export function isAlert({ webhook }: Pick<Preset, 'webhook'>, systemEvents: readonly string[]): boolean {
  const events = eventsOf(webhook)
  return events.length > 0 && events.every((type) => systemEvents.includes(type))
}

function eventsOf(webhook: Preset['webhook']): string[] {
  return Array.isArray(webhook['events']) ? webhook['events'].map(String) : []
}

/** Whether the preset does not listen to moves by itself, so that the guide adds them. */
export function addsMoves({ webhook }: Pick<Preset, 'webhook'>): boolean {
  return !eventsOf(webhook).includes(moved)
}

/** The webhook of a preset that sends to the test address when the guide's lead is moved. */
export function guideWebhook(preset: Preset, way: Way, url: string): WebhookDraft {
  const asksForStage = preset.asks.some(({ path }) => path === 'scope')
  return {
    preset: preset.name,
    // The reader's language; the server would take that of the account.
    name: preset.title,
    request: { url },
    ...(addsMoves(preset) ? { events: [...eventsOf(preset.webhook), moved] } : {}),
    ...(asksForStage ? { scope: [{ pipeline_id: way.pipeline.id, stage_ids: [way.to.id] }] } : {}),
  }
}

/** What the guide made, as it is now. */
export interface Guide {
  webhook: Webhook
  inspector: Inspector
  record: CrmRecord
  way: Way
}

interface Found {
  webhooks: readonly Webhook[]
  inspectors: readonly Inspector[]
  pipelines: readonly Pipeline[]
  record: CrmRecord | null
  /** The webhook that was made here before, as this browser remembers it. */
  remembered: string | null
  /** Its webhooks send to test addresses, too. */
  demoLoaded: boolean
}

/** What an earlier visit has made, as far as it is still there: found by what it is, so that any browser goes on from it. */
export function findGuide({
  webhooks,
  inspectors,
  pipelines,
  record,
  remembered,
  demoLoaded,
}: Found): Guide | null {
  if (record?.state !== 'present') return null
  const candidates = webhooks.filter(({ id }) => id === remembered || (!demoLoaded && remembered === null))
  for (const webhook of candidates) {
    const inspector = inspectors.find(({ url }) => url === webhook.request.url)
    const pipeline = pipelines.find(
      ({ kind, id }) => kind === guideKind && id === record.fields['pipeline_id'],
    )
    if (!inspector || !pipeline || pipeline.stages.length < 2) continue
    const [from, next] = twoStages(pipeline.stages)
    const asked = webhook.scope[0]?.stage_ids?.[0]
    const to = pipeline.stages.find(({ id }) => id === asked && id !== from.id) ?? next
    return { webhook, inspector, record, way: { pipeline, from, to, exists: true } }
  }
  return null
}
