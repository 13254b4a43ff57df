import i18next from 'i18next'
import { expect, test } from 'vitest'
import { numbers } from './numbers.ts'

test('a number in a text is written as its reader writes it, and other values stay as they are', async () => {
  const i18n = i18next.createInstance().use(numbers)
  const common = { health: { label: '{{good}} and {{bad}}' } }
  await i18n.init({
    lng: 'en',
    defaultNS: 'common',
    interpolation: { escapeValue: false, alwaysFormat: true },
    resources: { en: { common }, 'pt-BR': { common } },
  })
  expect(i18n.t('health.label', { good: 2500, bad: '9000' })).toBe('2,500 and 9000')
  expect(i18n.getFixedT('pt-BR')('health.label', { good: 2500, bad: 'ERP' })).toBe('2.500 and ERP')
})
