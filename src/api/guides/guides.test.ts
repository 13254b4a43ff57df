import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentsName, groupGuides, type Guides, guidesDir, readGuides, textIn } from './guides.ts'

const files: Record<string, string> = {
  'README.md':
    '# Contents\n\n## First\n\n[B](b.md), [c](c.en.md) and [по-русски](c.ru.md)\n\n## Empty\n\n## Last\n\n[a](a.md), [b](b.md), [gone](gone.md)\n',
  'a.md': 'No heading',
  'b.md': '# B\n',
  'c.ru.md': '# Ц\n',
  'c.en.md': '# C\n',
  'notes.txt': '# Not a guide\n',
}

let folder: string
let guides: Guides

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guides-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'images'))
  guides = readGuides(folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a guide is called by its first heading, in each language that it was written in', () => {
  const found = [...guides].map(([name, { texts }]) => [
    name,
    ...texts.map(({ language, title }) => `${language} ${title}`),
  ])
  expect(found).toEqual([
    ['README', 'en Contents'],
    ['a', 'en a'],
    ['b', 'en B'],
    ['c', 'en C', 'ru Ц'],
  ])
})

test('where a guide does not speak a language, it speaks English', () => {
  expect(textIn(guides.get('c')!, 'ru').title).toBe('Ц')
  expect(textIn(guides.get('c')!, 'pl').title).toBe('C')
})

test('guides stand in the order of the contents, each once', () => {
  const groups = groupGuides(guides, files['README.md']!)
  expect(groups.map(({ title, guides }) => [title, ...guides.map(({ name }) => name)])).toEqual([
    ['First', 'b', 'c'],
    ['Last', 'a'],
  ])
})

test('every file of docs/guide is a guide in a language, has a heading, and stands in the contents', () => {
  const all = readGuides()
  const texts = [...all.values()].flatMap((guide) => guide.texts)
  expect(texts).toHaveLength(readdirSync(guidesDir).length)
  for (const { markdown, title } of texts) {
    expect(markdown.startsWith(`# ${title}\n`)).toBe(true)
    // Where it is listed, it is plain text.
    expect(title).not.toMatch(/[`*_[\]<>]/)
  }
  for (const guide of all.values()) expect(guide.texts[0]!.language).toBe('en')
  const listed = groupGuides(all, all.get(contentsName)!.texts[0]!.markdown).flatMap((group) => group.guides)
  expect(listed.map(({ name }) => name).sort()).toEqual(
    [...all.keys()].filter((name) => name !== contentsName).sort(),
  )
})
