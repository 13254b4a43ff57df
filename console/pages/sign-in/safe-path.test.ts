import { expect, test } from 'vitest'
import { safePath } from './safe-path.ts'

test('leads to pages of ours', () => {
  expect(safePath('/history?state=dead')).toBe('/history?state=dead')
})

test.each([
  null,
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
])('does not lead to %s', (wanted) => {
  expect(safePath(wanted)).toBe('/')
})
