/**
 * The console's words: one JSON file per language and namespace, loaded when a page asks for it. A page says
 * `useTranslation('webhooks')`; words of several pages are in `common`.
 */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { numbers } from './numbers.ts'
import { firstLanguage, rememberLanguage, isLanguage, type Language } from './languages.ts'
import 'dayjs/locale/ru'
import 'dayjs/locale/pl'
import 'dayjs/locale/pt-br'

const files = import.meta.glob<{ default: object }>('./*/*.json')

const backend = {
  type: 'backend' as const,
  init: () => undefined,
  read(language: string, namespace: string, done: (error: unknown, words: object | null) => void) {
    const load = files[`./${language}/${namespace}.json`]
    if (!load) return done(new Error(`There are no words for ${language}/${namespace}.`), null)
    load().then(
      (file) => done(null, file.default),
      (error: unknown) => done(error, null),
    )
  },
}

export async function startWords(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18next
    .use(backend)
    .use(numbers)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      fallbackLng: 'en',
      ns: ['common', 'problems'],
      defaultNS: 'common',
      interpolation: { escapeValue: false, alwaysFormat: true },
      react: { useSuspense: true },
    })
}

/** Speaks this language from now on, here and at the next visit. */
export async function speak(language: Language): Promise<void> {
  rememberLanguage(language)
  await i18next.changeLanguage(language)
}

export function language(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en'
}
