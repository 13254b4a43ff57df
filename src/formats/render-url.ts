import type { CrmEvent, Json, PathContext, ProblemDetail } from '../model/index.ts'
import { compilePath } from '../model/index.ts'
import { fieldPathProblem } from './field-path.ts'
import { asText, encodeUrlText } from './form.ts'
import { RenderError } from './render-error.ts'

/** Above what servers read (Node 16 KiB, nginx 32 KiB of headers), below what hurts to build. */
const urlCharactersMax = 65_536

/**
 * How a URL with placeholders must begin, before the first of them. Stricter than the URL standard, which reads `https:/x`,
 * `https:///x` and `https:\x` as a host x too: with a placeholder there, a record's field would choose the host.
 */
const origin = /^https?:\/\/[^\s/?#\\]+[/?#]/i

/** Parts of a path that climb, also as the URL standard reads them when they are encoded. */
const climbing = /(?<=[/\\])(?:\.|%2e){1,2}(?=[/\\]|$)/gi

/** Spaces and control characters: the standard drops some of them wherever they stand, also between `//` and a host. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0020\u007f]/

type Part = string | { path: string }

/**
 * What is wrong with the `{{ path }}` placeholders of a webhook's URL; paths are those of the webhook (`request.url`).
 * Whether the rest is a URL at all, and one that may be called, others check.
 */
export function checkUrlTemplate(url: string): ProblemDetail[] {
  const detail = (code: string, message: string): ProblemDetail => ({ path: 'request.url', message, code })
  const parts = split(url)
  if (!parts) return [detail('unclosed_placeholder', 'A placeholder is not closed. Write {{ record.id }}.')]
  const first = parts[0] ?? ''
  const start = typeof first === 'string' ? first : ''
  const errors: ProblemDetail[] = []
  if (parts.some((part) => typeof part === 'string' && unprintable.test(part))) {
    errors.push(detail('bad_url', 'A URL has no spaces or line breaks. Write %20 where a space is meant.'))
  }
  const placeholders = parts.filter((part) => typeof part !== 'string')
  if (placeholders.length > 0 && !origin.test(start)) {
    errors.push(
      detail(
        'placeholder_in_origin',
        'A placeholder may stand only after the host: https://example.com/{{ record.id }}.',
      ),
    )
  }
  for (const { path } of placeholders) {
    const message = fieldPathProblem(path)
    if (message) errors.push(detail('bad_path', message))
  }
  return errors
}

/**
 * Makes a checked URL ready. Each placeholder becomes the value at its path, percent-encoded; a missing one becomes empty,
 * a list or an object its JSON. Scheme, host and port are always the template's.
 * Throws a RenderError where a value would climb the path (`..`) or make the URL too long.
 */
export function compileUrl(url: string): (event: CrmEvent, context: PathContext) => string {
  const parts = split(url)
  if (!parts) throw new RenderError('A placeholder in the URL is not closed.')
  const filled = parts.map((part) => (typeof part === 'string' ? part : compilePath(part.path)))
  if (filled.every((part) => typeof part === 'string')) return () => url
  const harmless = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('')
  const ownClimbs = climbs(harmless)
  const ownOrigin = originOf(harmless)
  return (event, context) => {
    let rendered = ''
    for (const part of filled) {
      rendered += typeof part === 'string' ? part : encodeValue(part(event, context))
      if (rendered.length > urlCharactersMax) throw urlTooLong()
    }
    if (climbs(rendered) > ownClimbs) {
      throw new RenderError(
        'A field in the URL is "." or "..", which would call another path than the one set.',
      )
    }
    if (ownOrigin === null || originOf(rendered) !== ownOrigin) {
      throw new RenderError('With this event the URL would lead to another host than the one set.')
    }
    return rendered
  }
}

/** Adds a format's query to a rendered URL, behind the query that it has. A fragment, which is never sent, is left out. */
export function appendQuery(url: string, query: readonly [name: string, value: string][]): string {
  if (query.length === 0) return url
  const base = url.split('#', 1)[0]!
  const separator = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&'
  const added = query.map(([name, value]) => `${encodeUrlText(name)}=${encodeUrlText(value)}`).join('&')
  if (base.length + added.length > urlCharactersMax) throw urlTooLong()
  return base + separator + added
}

/** Literal text and placeholders in their order; null where a placeholder is not closed. */
function split(url: string): Part[] | null {
  const parts: Part[] = []
  let from = 0
  for (;;) {
    const open = url.indexOf('{{', from)
    if (open < 0) break
    const close = url.indexOf('}}', open + 2)
    if (close < 0) return null
    if (open > from) parts.push(url.slice(from, open))
    parts.push({ path: url.slice(open + 2, close).trim() })
    from = close + 2
  }
  if (from < url.length) parts.push(url.slice(from))
  return parts
}

function encodeValue(value: Json | undefined): string {
  const text = asText(value)
  // Encoding makes a text up to nine times as long, so a huge one is refused before.
  if (text.length > urlCharactersMax) throw urlTooLong()
  return encodeUrlText(text)
}

function climbs(url: string): number {
  const beforeQuery = url.split(/[?#]/, 1)[0]!
  return beforeQuery.match(climbing)?.length ?? 0
}

function originOf(url: string): string | null {
  return URL.parse(url)?.origin ?? null
}

function urlTooLong(): RenderError {
  return new RenderError(
    `The URL would be longer than ${urlCharactersMax} characters. Send large fields in the body.`,
  )
}
