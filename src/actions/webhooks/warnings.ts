import { findFormat } from '../../formats/index.ts'
import { findRetryPolicy } from '../../retry/index.ts'
import type { ProblemDetail, WebhookSettings } from '../../model/index.ts'

/** What may be meant so but often is not. Never a reason to refuse. */
export function webhookWarnings({
  request,
  delivery,
  fire,
  conditions,
}: Pick<WebhookSettings, 'request' | 'delivery' | 'fire' | 'conditions'>): ProblemDetail[] {
  const ofFormat = findFormat(request.format)?.warnings?.(request.options) ?? []
  const warnings = ofFormat.map((detail) => ({ ...detail, path: `request.options.${detail.path}` }))
  if (request.method === 'GET' && delivery.signing === 'standard') {
    const message =
      'A GET has no body, so the signature covers none of its parameters. Use POST where they must be protected.'
    warnings.push({ path: 'delivery.signing', code: 'signature_covers_nothing', message })
  }
  if (request.url.toLowerCase().startsWith('http:') && request.auth.type !== 'none') {
    const message =
      'The URL is not encrypted (http), so the authentication can be read on its way. Use https.'
    warnings.push({ path: 'request.url', code: 'secrets_unencrypted', message })
  }
  if (fire === 'becomes_true' && conditions.rules.length === 0) {
    const message =
      'Without conditions nothing becomes true but the creation of a record. Add conditions, or use "each_time".'
    warnings.push({ path: 'fire', code: 'nothing_becomes_true', message })
  }
  const { policy, ...options } = delivery.retry
  const waitsS = findRetryPolicy(policy)?.waitsS(options) ?? []
  if (delivery.order === 'record' && waitsS.length > 0) {
    const hours = Math.ceil(waitsS.reduce((sum, wait) => sum + wait, 0) / 360) / 10
    const message = `In order, a delivery that keeps failing holds back the later ones of its record until it is given up: up to ${hours} hours with these retries.`
    warnings.push({ path: 'delivery.order', code: 'order_holds_back', message })
  }
  return warnings
}
