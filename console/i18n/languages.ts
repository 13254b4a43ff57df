/** The languages of the console, each by its own name. */
export const languages = {
  en: 'English',
  ru: 'Русский',
  pl: 'Polski',
  'pt-BR': 'Português (Brasil)',
} as const
export type Language = keyof typeof languages

const chosenKey = 'hookline.language'

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value)
}

/** What was chosen here before, else the first language of the browser that we speak, else English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(chosenKey)
  if (isLanguage(chosen)) return chosen
  for (const wanted of navigator.languages) {
    const base = wanted.toLowerCase().split('-')[0]
    const found = Object.keys(languages).find((language) => language.toLowerCase().split('-')[0] === base)
    if (isLanguage(found)) return found
  }
  return 'en'
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(chosenKey, language)
}

/** For `Intl`: plain English writes the month before the day, which half of the world reads as the other way round. */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language
}
