/**
 * W3C Trace Context (https://www.w3.org/TR/trace-context/): the header by which programs tell each other which trace a
 * request belongs to. Only `traceparent`; its companion `tracestate` is of the vendors alone and is not passed on.
 */

/** Version, trace id, id of the caller's span, flags; a version after 00 may say more behind these. */
const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const onlyZeros = /^0+$/
/** `sampled`, and `random-trace-id` of level 2; the other bits have no meaning yet and are set to zero. */
const flagsKnown = 0x03

/**
 * The header as it is kept with an event: in the form of version 00. null for anything that the recommendation calls
 * invalid: such a header is treated as if it had not been sent.
 */
export function readTraceparent(header: string): string | null {
  const [, version = '', traceId = '', spanId = '', flags = '', rest] = form.exec(header.trim()) ?? []
  if (version === '' || version === 'ff' || (version === '00' && rest !== undefined)) return null
  if (onlyZeros.test(traceId) || onlyZeros.test(spanId)) return null
  const known = Number.parseInt(flags, 16) & flagsKnown
  return `00-${traceId}-${spanId}-${known.toString(16).padStart(2, '0')}`
}

/** The same trace with another span as the caller: 16 hex digits. */
export function withSpan(traceparent: string, spanId: string): string {
  const [version, traceId, , flags] = traceparent.split('-')
  return `${version}-${traceId}-${spanId}-${flags}`
}
