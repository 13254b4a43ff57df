/** Makes docs/guide/operators.md from the operators' own descriptions. */
import { fieldTypes, type Json } from '../src/model/index.ts'
import { operators, type Operator } from '../src/rules/index.ts'
import { code, table, writeOrCheck } from './generated.ts'

type Example = Operator['examples'][number]

const valueWords: Record<Operator['values'], string> = {
  none: 'no value',
  one: 'one value',
  two: 'a list of two values',
  many: 'a list of values',
  span: 'a span of time',
}

function overview(list: readonly Operator[], columns: { missing: boolean }): string {
  const rows = list.map(({ name, title, accepts, values, holdsWhenMissing }) => [
    code(name),
    title.en,
    accepts.length === fieldTypes.length ? 'all' : accepts.join(', '),
    valueWords[values],
    ...(columns.missing ? [holdsWhenMissing ? 'yes' : 'no'] : []),
  ])
  const head = ['Operator', 'Means: the field…', 'Field types', 'Takes']
  return table([...head, ...(columns.missing ? ['Holds for an empty field'] : [])], rows)
}

function show(value: Json | undefined): string {
  return value === undefined || value === null ? 'empty' : code(JSON.stringify(value))
}

/** What else plays a part: how the row asks, when the event was accepted, which stages there are. */
function circumstances({ caseSensitive, now, timeZone, stages, pipelineChanged }: Example): string[] {
  return [
    ...(caseSensitive ? ['case-sensitive'] : []),
    ...(now === undefined ? [] : [`at ${now}`]),
    ...(timeZone === undefined ? [] : [`in ${timeZone}`]),
    ...(stages ? [`stages ${stages.join(' → ')}`] : []),
    ...(pipelineChanged ? ['from another pipeline'] : []),
  ]
}

function row(operator: Operator, example: Example): string[] {
  const { current, previous, value, type = operator.accepts[0]!, holds } = example
  // As the test of the examples reads them: without `previous` the write did not touch the field.
  const before = 'previous' in example ? show(previous) : 'not changed'
  const asked = operator.values === 'none' ? [] : [show(value)]
  return [
    type,
    ...(operator.transition ? [before] : []),
    show(current),
    [...asked, ...circumstances(example)].join(', '),
    holds ? 'yes' : 'no',
  ]
}

function section(operator: Operator): string {
  const head = ['Field type', ...(operator.transition ? ['Before'] : []), 'Field', 'Asked for', 'Holds']
  return `### ${code(operator.name)}

_The field ${operator.title.en}${operator.values === 'none' ? '' : ' …'}_ Takes ${valueWords[operator.values]}.

${table(
  head,
  operator.examples.map((example) => row(operator, example)),
)}`
}

const comparisons = operators.filter(({ transition }) => !transition)
const transitions = operators.filter(({ transition }) => transition)

writeOrCheck(
  'docs/guide/operators.md',
  `# Operators

What a row of a webhook's conditions can ask. [Conditions](conditions.md) says how rows are written and joined.
Every line in the examples below is also a test.

## Comparisons

They look at the field's value after the change.

${overview(comparisons, { missing: true })}

## Transitions

They compare the field before and after the change. They can be used where an event of the webhook can have a value before.

${overview(transitions, { missing: false })}

## Examples

${operators.map(section).join('\n\n')}

This page is made from \`src/rules/operators/\` by \`npm run docs:write\`.
`,
)
