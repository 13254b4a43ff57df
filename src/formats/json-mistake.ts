/** Where a text stops being JSON; both count from 1. */
export interface JsonMistake {
  line: number
  column: number
}

const space = /[ \t\n\r]*/y
const scalar =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y // oxlint-disable-line no-control-regex

/**
 * null where the text is JSON, else the place of the first token that cannot stand where it stands. JSON.parse says where only
 * for some mistakes, and words it by the engine's version.
 */
export function findJsonMistake(text: string): JsonMistake | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    return placeOf(text, mistakeAt(text))
  }
}

function placeOf(text: string, at: number): JsonMistake {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: at - lineStart + 1 }
}

/** Walks the tokens with a stack of what is open; a `,` or `:` is told by what came before. */
function mistakeAt(text: string): number {
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) return null
    at = pattern.lastIndex
    return found[0]
  }
  const open: ('[' | '{')[] = []
  /** What may come: a value, a value or the end of an empty list, a key, a key or the end, a comma or an end. */
  let expects: 'value' | 'item or end' | 'key' | 'key or end' | 'comma or end' = 'value'
  for (;;) {
    take(space)
    const start = at
    const character = text[at]
    if (expects === 'comma or end') {
      const inside = open.at(-1)
      if (inside === undefined) return start
      at++
      if (character === ',') expects = inside === '{' ? 'key' : 'value'
      else if (character === (inside === '{' ? '}' : ']')) open.pop()
      else return start
      continue
    }
    if (expects === 'key' || expects === 'key or end') {
      if (character === '}' && expects === 'key or end') {
        at++
        open.pop()
        expects = 'comma or end'
        continue
      }
      if (character !== '"' || take(scalar) === null) return start
      take(space)
      if (text[at] !== ':') return at
      at++
      expects = 'value'
      continue
    }
    if (character === ']' && expects === 'item or end') {
      at++
      open.pop()
      expects = 'comma or end'
    } else if (character === '{' || character === '[') {
      at++
      open.push(character)
      expects = character === '{' ? 'key or end' : 'item or end'
    } else if (take(scalar) === null) {
      return start
    } else {
      expects = 'comma or end'
    }
  }
}
