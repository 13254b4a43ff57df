import type { TriedCall } from '../../data/sources.ts'

/** A call as somebody writes it down: headers are lines of `Name: value`. */
export interface WrittenCall {
  contentType: string | null
  headers: string
  body: string
}

export const emptyCall: WrittenCall = { contentType: 'application/json', headers: '', body: '' }

export function writeHeaders(headers: readonly [name: string, value: string][] = []): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n')
}

/** Lines that are no header are left out: they are still being typed. */
export function triedCall({ contentType, headers, body }: WrittenCall): TriedCall {
  const pairs = headers.split('\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim()
    return name === '' ? [] : [[name, line.slice(colon + 1).trim()]]
  })
  return { content_type: contentType, ...(pairs.length > 0 ? { headers: pairs } : {}), body }
}
