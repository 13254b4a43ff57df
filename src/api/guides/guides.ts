/** The guides: the pages of docs/guide, each in the languages that it was written in, English always among them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Language, languages } from '../../model/index.ts'

/** Beside the sources, in a clone as in a package. */
export const guidesDir = join(import.meta.dirname, '../../../docs/guide')

/** The guide that leads to all others: the README of the folder. */
export const contentsName = 'README'

export interface GuideText {
  language: Language
  /** Its first heading. */
  title: string
  markdown: string
}

export interface Guide {
  name: string
  /** In the order of the languages, so English first. */
  texts: GuideText[]
}

export type Guides = ReadonlyMap<string, Guide>

/** `sources.md` is English, `amocrm-pipeline.ru.md` says its language. */
const fileName = new RegExp(`^([\\w-]+?)(?:\\.(${languages.join('|')}))?\\.md$`)

export function readGuides(folder: string = guidesDir): Guides {
  const guides = new Map<string, Guide>()
  for (const file of readdirSync(folder).sort()) {
    const parts = partsOf(file)
    if (!parts) continue
    const { name, language = 'en' } = parts
    const markdown = readFileSync(join(folder, file), 'utf8')
    const title = /^# (.+)$/m.exec(markdown)?.[1] ?? name
    const guide = guides.get(name) ?? { name, texts: [] }
    guide.texts.push({ language, title, markdown })
    guides.set(name, guide)
  }
  for (const { texts } of guides.values())
    texts.sort((a, b) => languages.indexOf(a.language) - languages.indexOf(b.language))
  return guides
}

/** What the name of a guide's file says; null for any other file. */
export function partsOf(file: string): { name: string; language: Language | undefined } | null {
  const [, name, language] = fileName.exec(file) ?? []
  return name === undefined ? null : { name, language: language as Language | undefined }
}

/** The guide in a language, or in English where nobody has written it in that one. */
export function textIn({ texts }: Guide, language: Language): GuideText {
  return texts.find((text) => text.language === language) ?? texts[0]!
}

/** Where a guide is served. Without a language the reader's browser decides. */
export function guideAddress(name: string, language: Language | null): string {
  const path = name === contentsName ? '/docs/guide' : `/docs/guide/${name}`
  return language === null ? path : `${path}?language=${language}`
}

export interface GuideGroup {
  title: string
  guides: Guide[]
}

/** All guides as the contents have them: under its headings, each where it is named first. */
export function groupGuides(guides: Guides, contents: string): GuideGroup[] {
  const groups: GuideGroup[] = []
  const left = new Map(guides)
  left.delete(contentsName)
  for (const [, title, file] of contents.matchAll(/^## (.+)$|\]\(([\w.-]+\.md)\)/gm)) {
    if (title !== undefined) groups.push({ title, guides: [] })
    const name = file === undefined ? undefined : partsOf(file)?.name
    const guide = name === undefined ? undefined : left.get(name)
    if (!guide) continue
    left.delete(guide.name)
    groups.at(-1)?.guides.push(guide)
  }
  return groups.filter((group) => group.guides.length > 0)
}
