/** Words for people in the console's four languages. English is the fallback everywhere. */
export interface Text {
  en: string
  ru: string
  pl: string
  'pt-BR': string
}

export const languages = ['en', 'ru', 'pl', 'pt-BR'] as const
export type Language = (typeof languages)[number]

/** Words that somebody wrote in one language only: they stand in all four. */
export function inEveryLanguage(text: string): Text {
  return { en: text, ru: text, pl: text, 'pt-BR': text }
}
