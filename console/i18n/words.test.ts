import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from './languages.ts'

/** The console's words: every language says all that English says, with its own plural forms and the same variables. */
const here = import.meta.dirname
const namespaces = globSync('en/*.json', { cwd: here }).map((file) => basename(file, '.json'))
const pluralSuffix = /_(zero|one|two|few|many|other)$/
/** Said of nothing at all, in any language; and forms that only some grammars have: how a number stands beside a noun. */
const extra = /_(zero|number)$/

function words(language: string, namespace: string): Map<string, string> {
  const file = JSON.parse(readFileSync(join(here, language, `${namespace}.json`), 'utf8')) as object
  return new Map(flatten(file))
}

function flatten(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    typeof item === 'object' && item !== null
      ? flatten(item, `${path}${key}.`)
      : [[`${path}${key}`, String(item)]],
  )
}

const variables = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name!).sort()

test('every file of words is in every language', () => {
  const files = globSync('*/*.json', { cwd: here })
  const expected = Object.keys(languages).flatMap((language) =>
    namespaces.map((name) => join(language, `${name}.json`)),
  )
  expect(files.sort()).toEqual(expected.sort())
  expect(new Set(files.map(dirname))).toEqual(new Set(Object.keys(languages)))
})

describe.each(Object.keys(languages))('%s', (language) => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories

  test.each(namespaces)('%s has the same words, in its own plural forms', (namespace) => {
    const keys = [...words('en', namespace).keys()].filter((key) => !extra.test(key))
    const plurals = new Set(
      keys.filter((key) => pluralSuffix.test(key)).map((key) => key.replace(pluralSuffix, '')),
    )
    const expected = [
      ...keys.filter((key) => !pluralSuffix.test(key)),
      ...[...plurals].flatMap((key) => forms.map((form) => `${key}_${form}`)),
    ]
    const said = [...words(language, namespace).keys()]
    expect(said.filter((key) => !extra.test(key)).sort()).toEqual(expected.sort())
    // Where one language speaks of nothing at all, each does.
    const zeros = [...words('en', namespace).keys()].filter((key) => key.endsWith('_zero'))
    expect(said.filter((key) => key.endsWith('_zero')).sort()).toEqual(zeros.sort())
  })

  test.each(namespaces)('%s leaves nothing empty and names the same variables', (namespace) => {
    const english = words('en', namespace)
    for (const [key, text] of words(language, namespace)) {
      expect(text.trim(), key).not.toBe('')
      const original =
        english.get(key) ??
        english.get(key.replace(pluralSuffix, '_other')) ??
        english.get(key.replace(extra, ''))!
      // A singular may say "one" and leave the number out.
      const allowed = new Set([
        ...variables(original),
        ...variables(english.get(key.replace(pluralSuffix, '_other')) ?? ''),
      ])
      for (const name of variables(text)) expect(allowed, key).toContain(name)
      if (!pluralSuffix.test(key)) expect(variables(text), key).toEqual(variables(original))
    }
  })
})
