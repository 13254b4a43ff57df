import type { Json } from '../model/index.ts'

/** Cuts a text to `max` characters, the last being an ellipsis; never inside a surrogate pair, which no store keeps. */
export function shortenText(text: string, max: number): string {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 2)
  const cutsPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, cutsPair ? max - 2 : max - 1) + '…'
}

/** The value itself where it is small; a longer text is cut, a bigger list or object becomes its JSON text, cut. */
export function shortenValue(value: Json | undefined, max: number): Json {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return shortenText(value, max)
  if (typeof value !== 'object') return value
  const text = JSON.stringify(value)
  return text.length <= max ? value : shortenText(text, max)
}
