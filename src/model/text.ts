/** Words for people in the console's four languages. English is the fallback everywhere. */
export interface Text {
  en: string
  ru: string
  pl: string
  'pt-BR': string
}

export const languages = ['en', 'ru', 'pl', 'pt-BR'] as const
export type Language = (typeof languages)[number]
