import { expect, test } from 'vitest'
import { acceptedLanguage, askedLanguage } from './reader-language.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ru', 'ru'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['en-GB,ru;q=0.9', 'en'],
  ['de-AT, de;q=0.9, pl;q=0.5, en;q=0.4', 'pl'],
  ['en;q=0.3, PT-pt;q=0.7', 'pt-BR'],
  ['ru;q=0, pl;q=0.1', 'pl'],
  ['ru;q=much, pl', 'pl'],
  ['*', 'en'],
  [';;,,q=1', 'en'],
])('of "%s" it is %s', (header, language) => {
  expect(acceptedLanguage(header)).toBe(language)
})

test('an address asks for a language that we speak, and once', () => {
  expect(askedLanguage({ language: 'pt-BR' })).toBe('pt-BR')
  for (const language of ['pt', 'constructor', '', ['ru', 'pl'], undefined]) {
    expect(askedLanguage({ language })).toBeNull()
  }
})
