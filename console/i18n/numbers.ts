import type { FormatterModule } from 'i18next'

/** Numbers in texts as the reader writes them: "2,500 sent again" stands beside "2,500 of 2,500". */
export const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  // What is missing stays missing, which i18next then says.
  format: (value: unknown, _format, language) =>
    typeof value === 'number' ? value.toLocaleString(language) : (value as string),
}
