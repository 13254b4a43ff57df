import type { CrmEvent, Json, JsonObject, PathContext, ProblemDetail } from '../model/index.ts'
import { compilePath } from '../model/index.ts'
import { fieldPathProblem } from './field-path.ts'
import { addPairs, type Pair, tooLarge } from './form.ts'
import { type KeyMeaning, renderedCharactersMax } from './format.ts'
import { isSnakeCase, paramNameProblem, suggestParamName } from './param-name.ts'

/** One parameter: what it is called, and a record's field by its path or a value typed in. */
export interface ParamRow {
  name: string
  from: 'field' | 'value'
  value: string
}

type Read = (event: CrmEvent, context: PathContext) => Json | undefined

/** Rows made ready for one version of a webhook. Both throw a RenderError when the result would be too large. */
export interface CompiledRows {
  json(event: CrmEvent, context: PathContext): string
  pairs(event: CrmEvent, context: PathContext): Pair[]
}

const compiled = new WeakMap<JsonObject, CompiledRows>()

/** Compiles `options.params` once per options object. */
export function rowsOf(options: JsonObject): CompiledRows {
  let rows = compiled.get(options)
  if (!rows) {
    rows = compileRows(options['params'] as unknown as ParamRow[])
    compiled.set(options, rows)
  }
  return rows
}

function compileRows(rows: readonly ParamRow[]): CompiledRows {
  const reads = rows.map(({ from, value }): Read => (from === 'field' ? compilePath(value) : () => value))
  const names = rows.map(({ name }) => phpName(name))
  const parts = jsonParts(
    nest(
      rows.map((row) => row.name),
      reads,
    ),
  )
  return {
    json(event, context) {
      let body = ''
      for (const part of parts) {
        body += typeof part === 'string' ? part : JSON.stringify(part(event, context) ?? null)
        if (body.length > renderedCharactersMax) throw tooLarge()
      }
      return body
    },
    pairs(event, context) {
      const pairs: Pair[] = []
      let characters = 0
      for (const [index, read] of reads.entries()) {
        characters += addPairs(pairs, names[index]!, read(event, context))
        if (characters > renderedCharactersMax) throw tooLarge()
      }
      return pairs
    },
  }
}

/** `deal.owner.id` → `deal[owner][id]`. */
function phpName(name: string): string {
  const [first = '', ...rest] = name.split('.')
  return first + rest.map((segment) => `[${segment}]`).join('')
}

/** Maps, not objects: they keep `2` behind `b`, and no name means anything to them. */
type Nested = Map<string, Nested | Read>

function nest(names: readonly string[], reads: readonly Read[]): Nested {
  const root: Nested = new Map()
  for (const [index, name] of names.entries()) {
    const segments = name.split('.')
    const last = segments.pop()!
    let at = root
    for (const segment of segments) {
      let next = at.get(segment)
      if (!(next instanceof Map)) at.set(segment, (next = new Map()))
      at = next
    }
    at.set(last, reads[index]!)
  }
  return root
}

/** The JSON text as what never changes and what each event fills in, by turns. */
function jsonParts(nested: Nested): (string | Read)[] {
  const parts: (string | Read)[] = []
  let text = ''
  const write = (level: Nested) => {
    text += '{'
    let separator = ''
    for (const [name, inner] of level) {
      text += `${separator}${JSON.stringify(name)}:`
      separator = ','
      if (inner instanceof Map) {
        write(inner)
      } else {
        parts.push(text, inner)
        text = ''
      }
    }
    text += '}'
  }
  write(nested)
  parts.push(text)
  return parts
}

/** Names that cannot be, names that stand in each other's way, and paths that lead nowhere. */
export function checkRows(rows: readonly ParamRow[]): ProblemDetail[] {
  const errors: ProblemDetail[] = []
  const taken = new Set<string>()
  const parents = new Set<string>()
  for (const [index, { name, from, value }] of rows.entries()) {
    const at = `params[${index}]`
    const path = `${at}.name`
    const problem = paramNameProblem(name)
    if (problem) {
      errors.push({ path, ...problem })
    } else {
      const above = parentsOf(name)
      const parent = above.find((above) => taken.has(above))
      if (taken.has(name)) {
        const message = `There is another parameter "${name}". Remove one of them.`
        errors.push({ path, message, code: 'duplicate_param' })
      } else if (parent !== undefined || parents.has(name)) {
        const [outer, inner] = parent === undefined ? [name, `${name}.…`] : [parent, name]
        const message = `"${outer}" cannot be a value and hold "${inner}" too. Rename one of them.`
        errors.push({ path, message, code: 'conflicting_param' })
      } else {
        taken.add(name)
        for (const parent of above) parents.add(parent)
      }
    }
    const message = from === 'field' ? fieldPathProblem(value) : null
    if (message) errors.push({ path: `${at}.value`, message, code: 'bad_path' })
  }
  return errors
}

/** `a.b.c` → `a`, `a.b`. */
function parentsOf(name: string): string[] {
  const segments = name.split('.')
  return segments.slice(1).map((_segment, index) => segments.slice(0, index + 1).join('.'))
}

/** amoCRM's widget asks for snake_case, other receivers do not care. */
export function rowWarnings(rows: readonly ParamRow[]): ProblemDetail[] {
  return rows.flatMap(({ name }, index) => {
    if (isSnakeCase(name)) return []
    const message = `"${name}" is not in snake_case, which some receivers ask for: "${suggestParamName(name)}".`
    return [{ path: `params[${index}].name`, message, code: 'not_snake_case' }]
  })
}

const fixedValue: KeyMeaning = {
  title: {
    en: 'A fixed value, the same in every request',
    ru: 'Постоянное значение, одинаковое во всех запросах',
    pl: 'Stała wartość, taka sama w każdym żądaniu',
    'pt-BR': 'Um valor fixo, igual em todas as requisições',
  },
}

/** What the row behind a key says; a key may lie inside a row's list. null for names of other rows' nesting. */
export function rowMeaning(rows: readonly ParamRow[], key: string): KeyMeaning | null {
  const row = rows.find(({ name }) => key === name || key.startsWith(`${name}.`))
  if (!row) return null
  return row.from === 'field' ? { field: row.value } : fixedValue
}
