import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type i18n, type TFunction } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseAst } from 'vite'
import { ApiProblem } from '../../data/client.ts'
import { knownSentences } from './sentences.ts'
import { detailText, keyOf, problemText, statusReasonText } from './text.ts'

const words = join(import.meta.dirname, '../../i18n')
const server = join(import.meta.dirname, '../../../src')
const read = (language: string, namespace: string) =>
  JSON.parse(readFileSync(join(words, language, `${namespace}.json`), 'utf8')) as object

const speakers = new Map<string, i18n>()
beforeAll(async () => {
  for (const language of ['en', 'ru', 'pl']) {
    const speaker = i18next.createInstance()
    const resources = {
      [language]: { common: read(language, 'common'), problems: read(language, 'problems') },
    }
    await speaker.init({
      lng: language,
      defaultNS: 'common',
      resources,
      interpolation: { escapeValue: false },
    })
    speakers.set(language, speaker)
  }
})
const speak = (language: string) => speakers.get(language)!.t as TFunction

describe('a refusal', () => {
  const detail = { path: 'name', code: 'too_long', message: 'This may have at most 200 characters.' }
  const refusal = new ApiProblem(422, 'invalid', `name: ${detail.message}`, [detail], null)

  test('is the server’s own sentence for English readers', () => {
    expect(problemText(refusal, speak('en'))).toBe('This may have at most 200 characters.')
  })

  test('is said by its code to others, with what it names', () => {
    expect(problemText(refusal, speak('ru'))).toBe('Слишком длинно. Максимум символов: 200.')
    const unknown = {
      path: 'field',
      code: 'unknown_field',
      message: 'There is no field "a". Did you mean "b"?',
    }
    expect(detailText(unknown, speak('pl'))).toBe('Nie ma takiego pola. Czy chodziło o „b”?')
  })

  test('names the place that its sentence begins with', () => {
    const message = 'record.id: Nothing was found, or no text and no number.'
    const missing = { path: 'data[1]', code: 'missing', message }
    expect(detailText(missing, speak('ru'))).toBe('Для «record.id» ничего не найдено.')
    const wrong = { path: 'lead 1: price', code: 'wrong_type', message: '"price" must be a number.' }
    expect(detailText(wrong, speak('pl'))).toBe('Wartość jest złego typu. Oczekiwano: liczba.')
  })

  test('is said by its sentence where the code is of many', () => {
    const conflict = new ApiProblem(
      409,
      'conflict',
      'The demo is loaded already. DELETE /v1/demo removes it.',
      [],
      null,
    )
    expect(problemText(conflict, speak('ru'))).toBe('Демо-данные уже загружены.')
    const tries = new ApiProblem(429, 'too_many', 'Too many tries. Wait 3 seconds, then try again.', [], 3)
    expect(problemText(tries, speak('pl'))).toBe('Za dużo prób. Odczekaj 3 sekundy i spróbuj ponownie.')
  })

  test('is said in general where the sentence is new', () => {
    const conflict = new ApiProblem(409, 'conflict', 'Something that nobody translated.', [], null)
    expect(problemText(conflict, speak('pl'))).toBe(
      'To już istnieje albo zostało w międzyczasie zmienione. Odśwież stronę.',
    )
  })

  test('keeps the server’s words where neither code nor sentence is known', () => {
    expect(detailText({ path: '', code: 'brand_new', message: 'Hm.' }, speak('ru'))).toBe('Hm.')
  })

  test('is about the connection where no answer came', () => {
    const offline = new ApiProblem(0, 'offline', 'The server cannot be reached.', [], null)
    expect(problemText(offline, speak('ru'))).toMatch(/^Сервер недоступен/)
  })
})

describe('sentences without a code', () => {
  test('why a webhook is switched off', () => {
    const say = (reason: string, language: string) =>
      statusReasonText(reason, speak(language), 'Europe/Warsaw')
    expect(say('by a user', 'en')).toBe('Somebody switched it off.')
    expect(say('21 failed attempts in a row', 'ru')).toBe('Подряд не удалась 21 попытка.')
    expect(say('failing since 2026-11-20T09:00:00.000Z', 'en')).toMatch(
      /^It has been failing since 20 Nov 2026, 10:00:00/,
    )
    expect(say('something else', 'pl')).toBe('something else')
  })
})

/** Whatever the server's own files say: parsed, since codes are handed on by functions, too. */
const files = globSync('**/*.ts', { cwd: server })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => ({ file, tree: parseAst(readFileSync(join(server, file), 'utf8'), { lang: 'ts' }) }))

interface Node {
  type: string
  [key: string]: unknown
}

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if ('type' in value && typeof value.type === 'string') yield value as Node
  for (const inner of Object.values(value)) yield* nodesOf(inner)
}

const nameOf = (node: unknown) => (node as { name?: string } | null)?.name

/** The texts that an expression may come to; what is put into a template is an X. */
function textsOf(node: unknown): string[] {
  const { type, value, quasis, consequent, alternate } = (node ?? {}) as Record<string, unknown>
  if (type === 'Literal' && typeof value === 'string') return [value]
  if (type === 'TemplateLiteral')
    return [(quasis as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked).join('X')]
  return type === 'ConditionalExpression' ? [...textsOf(consequent), ...textsOf(alternate)] : []
}

/** Functions that are given a code, by their name: which of their arguments it is, and in which file they can be meant. */
function codeTakers() {
  return files.flatMap(({ file, tree }) => {
    const exported = new Set(
      [...nodesOf(tree)]
        .filter(({ type }) => type === 'ExportNamedDeclaration')
        .map(({ declaration }) => nameOf((declaration as Node | null)?.['id'])),
    )
    return [...nodesOf(tree)].flatMap((node) => {
      const isFunction = node.type === 'FunctionDeclaration'
      const made = isFunction
        ? node
        : node.type === 'VariableDeclarator'
          ? (node['init'] as Node | null)
          : null
      const parameters = (made?.['params'] ?? []) as Node[]
      const index = parameters.findIndex((parameter) => nameOf(parameter) === 'code')
      const name = nameOf(node['id'])
      return index < 0 || name === undefined ? [] : [{ name, index, file: exported.has(name) ? null : file }]
    })
  })
}

/** Every code that a detail may have. */
function codesOfServer(): Set<string> {
  const takers = codeTakers()
  const codes = new Set<string>()
  const add = (node: unknown) => textsOf(node).forEach((text) => codes.add(text))
  for (const { file, tree } of files) {
    for (const node of nodesOf(tree)) {
      if (node.type === 'Property' && nameOf(node['key']) === 'code') add(node['value'])
      if (node.type === 'VariableDeclarator' && nameOf(node['id']) === 'code') add(node['init'])
      if (node.type !== 'CallExpression') continue
      const taker = takers.find(
        (one) => one.name === nameOf(node['callee']) && (one.file === null || one.file === file),
      )
      if (taker) add((node['arguments'] as Node[])[taker.index])
    }
  }
  return codes
}

/** Codes of other things than the console's calls, and names that only look like codes. */
const notOurs = new Set([
  'egress_entry', // of the server's settings, told at its start
  'text', // the type of a field that is called `code`
])

/** `unknown_${what}` in discover-names.ts. */
const unknownNames = ['unknown_pipeline', 'unknown_stage', 'unknown_user']

describe('the server’s words', () => {
  const codes = [...codesOfServer()].flatMap((code) => (code === 'unknown_X' ? unknownNames : [code]))
  const ours = codes.filter((code) => /^[a-z][a-z0-9_]*$/.test(code) && !notOurs.has(code))
  const said = read('en', 'problems') as { kind: Record<string, string>; code: Record<string, string> }

  test('are found, however they are handed on', () => {
    const handedOn = [
      'too_short',
      'header_value',
      'not_utf8',
      'bad_days',
      'unknown_kind',
      'missing_target',
      'taken',
      'transition_not_possible',
    ]
    expect(ours).toEqual(expect.arrayContaining(handedOn))
    expect(ours.length).toBeGreaterThan(100)
  })

  test('every code has words of ours, and every word a code', () => {
    expect(Object.keys(said.code).sort()).toEqual([...new Set(ours.map(keyOf))].sort())
  })

  test('every kind of refusal has words', () => {
    const source = readFileSync(join(server, 'model/problem.ts'), 'utf8')
    const kinds = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code]) => code!)
    expect(kinds).toContain('conflict')
    // Said by `common`, where they are needed before anything else is loaded.
    const elsewhere = ['internal', 'unavailable']
    expect(Object.keys(said.kind).sort()).toEqual(
      kinds
        .filter((code) => !elsewhere.includes(code))
        .map(keyOf)
        .sort(),
    )
  })

  test('every sentence that is known here is still said there', () => {
    const sentences = files.flatMap(({ tree }) => [...nodesOf(tree)].flatMap((node) => textsOf(node)))
    const stale = knownSentences.filter(([sentence]) => !sentences.some((text) => sentence.test(text)))
    expect(stale).toEqual([])
  })

  test('every sentence that is known here has words', () => {
    const speaker = speakers.get('pl')!
    for (const [, key] of knownSentences)
      expect(speaker.exists(`problems:${key}`, { count: 1 }), key).toBe(true)
  })
})
