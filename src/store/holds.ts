/** Whether a value, text or the bytes of one, holds `text`, which is in lower case. In every alphabet. */
export function holds(value: unknown, text: string): boolean {
  if (value instanceof Uint8Array) {
    const read = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')
    return read.toLowerCase().includes(text)
  }
  if (typeof value === 'number') return String(value).includes(text)
  return typeof value === 'string' && value.toLowerCase().includes(text)
}
