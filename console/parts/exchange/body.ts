/** What a body says, as people read it. */

export interface BodyRow {
  name: string
  value: string
}

const formTypes = /^application\/x-www-form-urlencoded\b/i

/** The rows of a form-encoded body or of a query, decoded, in their order; null where it is none. */
export function formRows(
  body: string | null,
  headers: readonly (readonly [string, string])[],
): BodyRow[] | null {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return body !== null && body !== '' && formTypes.test(type) ? rowsOf(body) : null
}

/** What stands behind the `?` of an address, decoded. */
export function queryRows(url: string): BodyRow[] {
  const start = url.indexOf('?')
  return start < 0 ? [] : rowsOf(url.slice(start + 1).replace(/#.*$/, ''))
}

function rowsOf(encoded: string): BodyRow[] {
  return Array.from(new URLSearchParams(encoded), ([name, value]) => ({ name, value }))
}

/** How many bytes a body has. */
export function bodyBytes(body: string | null, encoding: 'utf8' | 'base64'): number {
  if (body === null) return 0
  if (encoding === 'utf8') return new TextEncoder().encode(body).length
  return Math.floor((body.replace(/=+$/, '').length * 3) / 4)
}

const byteSteps = [
  ['byte', 1],
  ['kilobyte', 1000],
  ['megabyte', 1_000_000],
] as const

/** `1.2 kB`. */
export function formatBytes(bytes: number, language: string): string {
  const [unit, size] = byteSteps.findLast(([, size]) => bytes >= size) ?? byteSteps[0]
  const unitDisplay = unit === 'byte' ? 'long' : 'short'
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: 1,
  }).format(bytes / size)
}
