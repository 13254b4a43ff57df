import type { Pipeline } from '../../data/pipelines.ts'
import type { WebhookSettings } from '../../data/webhooks.ts'

interface Known {
  pipelines: readonly Pipeline[]
  /** Of a type or a pattern. */
  titleOf: (event: string) => string
}

type Named = Pick<WebhookSettings, 'events' | 'scope'> & { request: Pick<WebhookSettings['request'], 'url'> }

/** As the server allows. */
const charactersMax = 200

/** A name for who gave none: "Won (Sales) → erp.example"; '' while nothing is set yet. */
export function suggestName({ events, scope, request }: Named, { pipelines, titleOf }: Known): string {
  const [first, ...more] = events
  if (first === undefined) return ''
  const what =
    places(scope, pipelines) ?? (more.length > 0 ? `${titleOf(first)} +${more.length}` : titleOf(first))
  const host = hostOf(request.url)
  return (host === null ? what : `${what} → ${host}`).slice(0, charactersMax)
}

function places(scope: WebhookSettings['scope'], pipelines: readonly Pipeline[]): string | null {
  const [first] = scope
  const pipeline = pipelines.find(({ id }) => id === first?.pipeline_id)
  if (!first || !pipeline) return null
  const names = (first.stage_ids ?? []).flatMap((id) => {
    const stage = pipeline.stages.find((one) => one.id === id)
    return stage ? [stage.name] : []
  })
  const place = names.length > 0 ? `${names.join(', ')} (${pipeline.name})` : pipeline.name
  return scope.length > 1 ? `${place} +${scope.length - 1}` : place
}

/** Placeholders stand only behind the host. */
function hostOf(url: string): string | null {
  return URL.parse(url)?.host || null
}
