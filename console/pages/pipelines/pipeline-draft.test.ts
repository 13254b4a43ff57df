import { expect, test } from 'vitest'
import {
  draftOf,
  idFrom,
  inputOf,
  mistakesOf,
  type PipelineDraft,
  renamed,
  withFoundStage,
  withNewStage,
} from './pipeline-draft.ts'

const sales = (): PipelineDraft =>
  draftOf({
    kind: 'lead',
    id: '752662',
    name: 'Sales',
    origin: 'declared',
    stages: [
      { id: '1', name: 'Offer', type: 'open', color: '#868e96', origin: 'declared' },
      { id: '142', name: 'Won', type: 'won', color: null, origin: 'discovered' },
    ],
  })

test('an id is made from the name, whatever its letters', () => {
  expect(idFrom('Pierwszy kontakt', [])).toBe('pierwszy-kontakt')
  expect(idFrom('Zażółć gęślą', [])).toBe('zazolc-gesla')
  expect(idFrom('Принимают решение!', [])).toBe('prinimayut-reshenie')
  expect(idFrom('Negociação', ['negociacao', 'negociacao-2'])).toBe('negociacao-3')
  expect(idFrom('合同', [])).toBe('')
})

test('a new stage comes before the won ones, in a colour of its own', () => {
  const { stages } = withNewStage(sales(), 'n')
  expect(stages.map(({ key }) => key)).toEqual(['1', 'n', '142'])
  expect(stages[1]).toMatchObject({ type: 'open', color: '#228be6', fresh: true })
})

test('a stage that records brought keeps its id', () => {
  expect(withFoundStage(sales(), 'call_back').stages[1]).toMatchObject({
    id: 'call_back',
    name: 'call_back',
    fresh: false,
  })
})

test('the id of a new stage follows its name until it is typed; that of an old one stays', () => {
  const { stages } = withNewStage(sales(), 'n')
  expect(renamed(stages, 'n', 'Meeting')[1]).toMatchObject({ id: 'meeting', name: 'Meeting' })
  expect(renamed(stages, '1', 'Proposal')[0]).toMatchObject({ id: '1', name: 'Proposal' })
})

test('what is sent names every stage, in order', () => {
  expect(inputOf(sales())).toEqual({
    kind: 'lead',
    id: '752662',
    name: 'Sales',
    stages: [
      { id: '1', name: 'Offer', type: 'open', color: '#868e96' },
      { id: '142', name: 'Won', type: 'won', color: null },
    ],
  })
})

test('finds what is empty or there twice', () => {
  const draft = withNewStage({ ...sales(), name: ' ' }, 'n')
  expect(Object.fromEntries(mistakesOf(draft))).toEqual({ '': 'name', n: 'name' })
  const twice = { ...sales(), stages: draft.stages.map((stage) => ({ ...stage, name: 'X', id: '1' })) }
  expect(Object.fromEntries(mistakesOf(twice))).toEqual({ n: 'twice', '142': 'twice' })
})
