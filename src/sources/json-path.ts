import type { Json } from '../model/index.ts'

const pathCharactersMax = 300

/** One step: a key, an index, or every member of a list. */
type Step = { key: string } | { index: number } | 'each'

/** A place in a JSON body, compiled: `deal.contacts[0].email`, `tags[].name`, `["utm.source"]`, `$.event`. */
export interface JsonPath {
  /** It starts with `$`: from the whole body, not from the item. */
  fromRoot: boolean
  steps: Step[]
}

const token = /\[\]|\[(\d{1,6})\]|\[("(?:[^"\\]|\\["\\])*")\]|(^|\.)([^.[\]"]+)/y

/**
 * Compiles a path; null where it is none. Dots go into objects, `[0]` into lists, `[]` takes every member of a list, and
 * `["a.b"]` is a key with a dot in it. '' is the item itself, `$` the whole body.
 */
export function compileJsonPath(path: string): JsonPath | null {
  if (path.length > pathCharactersMax) return null
  const fromRoot = /^\$(?=$|[.[])/.test(path)
  const rest = fromRoot ? path.slice(1).replace(/^\./, '') : path
  if (path.endsWith('.') || rest.startsWith('.')) return null
  const steps: Step[] = []
  token.lastIndex = 0
  while (token.lastIndex < rest.length) {
    const match = token.exec(rest)
    if (!match) return null
    const [whole, index, quoted, , key] = match
    if (whole === '[]') steps.push('each')
    else if (index !== undefined) steps.push({ index: Number(index) })
    else if (quoted !== undefined) steps.push({ key: unquote(quoted) })
    else steps.push({ key: key! })
  }
  return { fromRoot, steps }
}

/** What stands at the path, undefined where nothing does. `[]` gives the list of what its members have there,
 * one list also where it stands twice. */
export function readJsonPath(path: JsonPath, item: Json, root: Json): Json | undefined {
  return follow(path.steps, 0, path.fromRoot ? root : item)
}

function follow(steps: Step[], from: number, value: Json | undefined): Json | undefined {
  let current = value
  for (let at = from; at < steps.length; at++) {
    const step = steps[at]!
    if (typeof current !== 'object' || current === null) return undefined
    if (step === 'each') {
      if (!Array.isArray(current)) return undefined
      const members = current
        .map((member) => follow(steps, at + 1, member))
        .filter((member): member is Json => member !== undefined)
      return steps.indexOf('each', at + 1) < 0 ? members : members.flat()
    }
    if ('index' in step) current = Array.isArray(current) ? current[step.index] : undefined
    else current = !Array.isArray(current) && Object.hasOwn(current, step.key) ? current[step.key] : undefined
  }
  return current
}

/** The path of a key below another path, quoted where it would read as something else. */
export function joinJsonPath(path: string, key: string): string {
  if (!/^[^.[\]"$]+$/.test(key)) return `${path}[${quote(key)}]`
  return path === '' ? key : `${path}.${key}`
}

function quote(key: string): string {
  return `"${key.replace(/["\\]/g, (character) => `\\${character}`)}"`
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1')
}
