/**
 * What this folder knows: how calls of other systems become records and activities. One file is one system; it describes
 * itself, its settings and real calls of it. Bytes in, items out: what they change, and which events that means, is decided
 * by whoever asked. Everything here is pure.
 */
import { amocrm } from './amocrm.ts'
import { genericJson } from './generic-json.ts'
import { siteTracker } from './site-tracker.ts'
import type { Source } from './source.ts'

export type {
  Reading,
  SampleCall,
  Source,
  SourceAnswer,
  IncomingCall,
  SourceContext,
  SourceItem,
  SourcePreview,
} from './source.ts'
export { callOf } from './source.ts'
export { trackerScript } from './tracker-script.ts'
export { signVisitor } from './visitor-token.ts'

export const sources: readonly Source[] = [amocrm, genericJson, siteTracker]

const byName = new Map(sources.map((source) => [source.name, source]))

export function findSource(name: string): Source | undefined {
  return byName.get(name)
}
