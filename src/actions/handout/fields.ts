import { findFormat } from '../../formats/index.ts'
import type { Json, Language, SentRequest, WebhookRequest } from '../../model/index.ts'

/** One key of what is sent. */
export interface HandoutField {
  /** As the receiver reaches it: `data.current.name`, `leads[status][0][id]`. */
  path: string
  title: string
  /** Its value in the sample. */
  example: Json
  note?: string
}

/** A value with the names that lead to it. */
interface Leaf {
  path: string
  keys: string[]
  example: Json
}

/** What each key of the sample's body means; of its query where it has no body. Bodies that are neither JSON nor a form tell nothing. */
export function handoutFields(
  request: SentRequest,
  { format: formatName, options }: Pick<WebhookRequest, 'format' | 'options'>,
  titleOf: (path: string) => string | null,
  language: Language,
): HandoutField[] {
  const format = findFormat(formatName)
  return leavesOf(request).map(({ path, keys, example }) => {
    const meaning = format?.explain?.(keys.join('.'), options) ?? null
    const title = meaning && ('title' in meaning ? meaning.title[language] : titleOf(meaning.field))
    // Where nobody has named it, its own name says most.
    const named = title ?? keys.findLast((key) => !/^\d+$/.test(key)) ?? path
    return { path, title: named, example, ...(meaning?.note && { note: meaning.note[language] }) }
  })
}

function leavesOf({ url, headers, body }: SentRequest): Leaf[] {
  const text = body === null ? '' : Buffer.from(body).toString('utf8')
  if (text === '') return formLeaves(URL.parse(url)?.search.slice(1) ?? '')
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (/^application\/x-www-form-urlencoded/i.test(type)) return formLeaves(text)
  const value = parsed(text)
  return typeof value === 'object' && value !== null ? jsonLeaves(value, []) : []
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Of a list the first item stands for all; one of plain values is shown whole. */
function jsonLeaves(value: Json, keys: string[]): Leaf[] {
  if (Array.isArray(value)) {
    const [first] = value
    if (typeof first === 'object' && first !== null) return jsonLeaves(first, [...keys, '0'])
  } else if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) => jsonLeaves(inner, [...keys, key]))
  }
  return [{ path: jsonPath(keys), keys, example: value }]
}

function jsonPath(keys: readonly string[]): string {
  return keys.reduce((path, key) => {
    if (/^\d+$/.test(key)) return `${path}[${key}]`
    return path === '' ? key : `${path}.${key}`
  }, '')
}

function formLeaves(text: string): Leaf[] {
  return [...new URLSearchParams(text)].flatMap(([path, example]) => {
    const keys = path.split(/\[|\]\[|\]$/).filter((key, index) => index === 0 || key !== '')
    // Of a list the first item stands for all.
    if (keys.some((key) => /^[1-9]\d*$/.test(key))) return []
    return [{ path, keys, example }]
  })
}
