import { type Language, languages } from '../../model/index.ts'

/** The language that an address asks for, if we speak it. */
export function askedLanguage(query: unknown): Language | null {
  const { language } = query as { language?: unknown }
  return languages.find((known) => known === language) ?? null
}

/** The first language of an `Accept-Language` that we speak, else English, as the console chooses its own. */
export function acceptedLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { base: baseOf(tag), quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { base } of wanted) {
    const found = languages.find((language) => baseOf(language) === base)
    if (found) return found
  }
  return 'en'
}

/** Portuguese of any country is better than English to who wants Portuguese. */
function baseOf(tag: string): string {
  return tag.toLowerCase().split('-')[0]!
}
