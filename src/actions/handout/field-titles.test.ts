import { expect, test } from 'vitest'
import { languages } from '../../model/index.ts'
import { fieldTitles } from './field-titles.ts'
import { nameTitles, pathTitles } from './field-words.ts'

const schema = {
  kinds: [],
  event_types: [],
  pipelines: [],
  users: [],
  fields: [
    {
      kind: 'lead',
      name: 'region',
      title: 'Region of the deal',
      type: 'text' as const,
      choices: null,
      links: null,
      origin: 'declared' as const,
    },
  ],
}

test.each([
  ['event.type', 'Type of the event'],
  ['event.caused_by.event_id', 'The event behind it, where a webhook set it off'],
  ['record.id', 'Id of the record'],
  ['current.price', 'Price'],
  ['current.tags.0', 'Tags'],
  ['current.region', 'Region of the deal'],
  ['previous.stage_id', 'Stage (before)'],
  ['data.old_stage_id', 'Stage (before)'],
  ['data.duration_s', 'Duration in seconds'],
  ['contact.email', 'Contact: E-mail'],
  ['company.name', 'Company: Name'],
  ['stage.name', 'Stage: Name'],
  ['old_stage.name', 'Stage: Name (before)'],
  ['owner.email', 'Responsible: E-mail'],
  ['previous', 'Earlier values of what changed'],
  ['current.nobody_named_it', null],
  ['data.constructor', null],
  ['nothing.at_all', null],
])('%s of a lead is called %s', (path, title) => {
  expect(fieldTitles(schema, 'lead', 'en')(path)).toBe(title)
})

test('titles come in every language, and system events have theirs', () => {
  expect(fieldTitles(schema, 'lead', 'ru')('previous.price')).toBe('Бюджет (до изменения)')
  expect(fieldTitles(schema, 'lead', 'ru')('owner.name')).toBe('Ответственный: Имя')
  expect(fieldTitles(schema, 'lead', 'pl')('contact.phone')).toBe('Kontakt: Telefon')
  expect(fieldTitles(schema, 'delivery', 'pt-BR')('data.status_code')).toBe('Código da resposta')
  for (const title of [...Object.values(nameTitles), ...Object.values(pathTitles)])
    for (const language of languages) expect(title[language].trim()).not.toBe('')
})
