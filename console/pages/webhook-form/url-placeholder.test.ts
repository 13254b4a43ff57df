import { expect, test } from 'vitest'
import { openPlaceholder } from './url-placeholder.ts'

/** `|` is where the cursor stands. */
function open(marked: string) {
  const cursor = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = openPlaceholder(text, cursor)
  return found && { typed: found.typed, after: `${text.slice(0, found.start)}<>${text.slice(found.end)}` }
}

test('what is typed behind the braces is looked for', () => {
  expect(open('https://a.example/{{|')).toEqual({ typed: '', after: 'https://a.example/<>' })
  expect(open('https://a.example/{{ rec|')).toEqual({ typed: 'rec', after: 'https://a.example/<>' })
})

test('an end that stands there already is taken along, the rest of the address stays', () => {
  expect(open('/{{ rec| }}/x')).toEqual({ typed: 'rec', after: '/<>/x' })
  expect(open('/{{ rec|ord.id }}/x')).toEqual({ typed: 'rec', after: '/<>/x' })
  expect(open('/{{ rec|/x')).toEqual({ typed: 'rec', after: '/<>/x' })
})

test('outside of braces nothing is offered', () => {
  expect(open('https://a|')).toBeNull()
  expect(open('/{{ record.id }}|')).toBeNull()
  expect(open('/{{ record.id }}/|')).toBeNull()
  expect(open('/{{ a/b|')).toBeNull()
})
