/**
 * What this folder knows: how an event becomes a request, its body and its URL. One file is one format, which says which
 * methods carry it, which options it takes and which event types it can express. Everything here is pure; what cannot be
 * built is a RenderError.
 */
import { amocrm } from './amocrm.ts'
import type { Format } from './format.ts'
import { params } from './params.ts'
import { salesmanago } from './salesmanago.ts'
import { standard } from './standard.ts'
import { template } from './template.ts'

export type { Format, FormatInput, KeyMeaning, Rendered } from './format.ts'
export { RenderError } from './render-error.ts'
export { appendQuery, checkUrlTemplate, compileUrl } from './render-url.ts'

export const formats: readonly Format[] = [standard, params, template, amocrm, salesmanago]

const byName = new Map(formats.map((format) => [format.name, format]))

export function findFormat(name: string): Format | undefined {
  return byName.get(name)
}
