import {
  CaseTag,
  type Context,
  defaultOperators,
  type Emitter,
  type FilterImplOptions,
  filters,
  Liquid,
  type Template,
} from 'liquidjs'
import { boundedEmitter, chargeComparison, chargeStep, chargeWeight, costMax } from './liquid-budget.ts'

/** Longer ones are programs; they belong in the receiver. */
export const templateCharactersMax = 20_000

/** The last resort behind the budget, far above what a template within it takes. */
const renderMsMax = 2000

/** Tags that read other templates: there are none here. */
const withoutTags = ['include', 'render', 'layout', 'block']

/** `sample` is random. The others run an expression per item, which the budget does not see. */
const withoutFilters = [
  'sample',
  'where_exp',
  'reject_exp',
  'group_by_exp',
  'has_exp',
  'find_exp',
  'find_index_exp',
]

/** Filters that read the clock when they are given `now` or `today`. */
const dateFilters = new Set([
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
])

/**
 * Liquid without a way out: no files, no other templates, own properties only (so no prototypes), no randomness, no clock
 * (`now` is when the event was received) and no time zone of the machine (dates are written in UTC). A missing value is
 * empty, an unknown filter is an error.
 */
export function createEngine(): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    timezoneOffset: 0,
    locale: 'en-US',
    parseLimit: templateCharactersMax,
    renderLimit: renderMsMax,
    memoryLimit: costMax,
    operators: Object.fromEntries(
      Object.entries(defaultOperators).map(([name, operator]) => [name, charged(operator as Operator)]),
    ),
  })
  for (const name of withoutTags) delete engine.tags[name]
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name)
  for (const [name, filter] of Object.entries(filters)) {
    if (!withoutFilters.includes(name)) engine.registerFilter(name, chargedFilter(name, filter))
  }
  for (const name of ['json', 'jsonify']) engine.registerFilter(name, chargedFilter(name, json))
  engine.registerTag('case', BoundedCase)
  boundOutput(engine)
  return engine
}

/** A missing value is null: `{"phone": {{ contact.phone | json }}}` is JSON for every event. */
const json: FilterImplOptions = (value: unknown, space = 0) =>
  JSON.stringify(value ?? null, null, Number(space))

/** The context is the last argument, also where there is only one operand. */
type Operator = (...operands: unknown[]) => unknown

function charged(operator: Operator) {
  return function (...operands: unknown[]): Generator<unknown, boolean, boolean> {
    const context = operands.at(-1) as Context
    for (const operand of operands.slice(0, -1)) chargeComparison(context, operand)
    return (function* () {
      return yield operator(...operands)
    })()
  }
}

function chargedFilter(name: string, filter: FilterImplOptions): FilterImplOptions {
  const handler = typeof filter === 'function' ? filter : filter.handler
  return {
    raw: typeof filter === 'function' ? false : filter.raw,
    *handler(value: unknown, ...options: unknown[]): Generator<unknown, unknown, unknown> {
      const { context } = this
      for (const one of [value, ...options]) chargeWeight(context, one)
      const isNow = dateFilters.has(name) && (value === 'now' || value === 'today')
      const given = isNow ? receivedAt(context) : value
      const result = yield handler.call(this, given, ...options)
      chargeWeight(context, result)
      return result
    },
  }
}

function receivedAt({ environments }: Context): unknown {
  return (environments as { event: { received_at: string } }).event.received_at
}

/** `when` compares with every value that it lists. */
class BoundedCase extends CaseTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const target = yield this.value.value(context)
    for (const { values } of this.branches) {
      for (const _value of values) chargeComparison(context, target)
    }
    yield* super.render(context, emitter)
  }
}

/** All that is written goes through here: the whole template, and each block of a tag. */
function boundOutput({ renderer }: Liquid): void {
  const renderTemplates = renderer.renderTemplates.bind(renderer)
  renderer.renderTemplates = (templates: Template[], context: Context, emitter?: Emitter) => {
    const sourceLength = templates.reduce((sum, { token }) => sum + token.end - token.begin, 0)
    chargeStep(context, sourceLength)
    return renderTemplates(templates, context, emitter ?? boundedEmitter(context))
  }
}
