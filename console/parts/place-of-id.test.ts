import { expect, test } from 'vitest'
import { placeOfId } from './place-of-id.ts'

test('the webhook-id that a receiver names leads to its delivery', () => {
  expect(placeOfId('dlv_01m7shyat7yggr597j368w0dvn')).toEqual({
    of: 'delivery',
    to: '/history/dlv_01m7shyat7yggr597j368w0dvn',
  })
  expect(placeOfId('evt_01m7shyat75klwece1gjvwg5k9')?.to).toBe('/events/evt_01m7shyat75klwece1gjvwg5k9')
})

test.each([
  '',
  'Acme',
  'dlv_',
  'dlv_short',
  'att_01m7shyat7yggr597j368w0dvn',
  '../dlv_01m7shyat7yggr597j368w0dvn',
])('%o is no id of a page', (text) => {
  expect(placeOfId(text)).toBeNull()
})
