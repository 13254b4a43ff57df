import type { ProblemDetail } from '../model/index.ts'

/** More of them say nothing new: a call that is wrong a hundred times is wrong in one way. */
export const remarksMax = 100

/** What more a single call would bring is not read at all: nothing is worse than half a call. */
export const itemsMax = 1000

/** Adds a remark, up to `remarksMax`. Text of the call comes in shortened and without half characters. */
export function remark(list: ProblemDetail[], path: string, code: string, message: string): void {
  if (list.length < remarksMax) list.push({ path: shorten(path), code, message })
}

/** A piece of a call as it may stand in a sentence. */
export function shorten(text: string): string {
  const short = text.length > 100 ? `${text.slice(0, 99)}…` : text
  return short.replace(/\p{Cc}/gu, ' ').toWellFormed()
}
