/**
 * Which webhooks an event is for, and whether their conditions hold. Pure: an event and settings in, an answer and its reasons out.
 *
 * - `match.ts`: events, scope and entering; answers from an index
 * - `evaluate.ts`: conditions; `check-conditions.ts` says what is wrong with them before they are kept
 * - `field-catalogue.ts`: what conditions can name, for a set of event types
 * - `operators/`: the comparisons, each described in its own file; `read-value.ts` how they read a value by its field's type
 * - `surroundings.ts`: what of the account they read dates and stages by
 * - `before.ts`: the event as it was before its write, for conditions that must have become true
 * - `active-hours.ts`: when a webhook may send
 * - `patterns.ts`: how webhooks name event types
 */
export { isOpen, opensAt } from './active-hours.ts'
export { becomesTrue } from './before.ts'
export { checkActiveHours } from './check-active-hours.ts'
export { checkConditions } from './check-conditions.ts'
export type { ConditionsContext, ConditionFields } from './check-conditions.ts'
export { compileConditions } from './evaluate.ts'
export type { CompiledConditions, Judgement, Trace, TraceRow } from './evaluate.ts'
export { fieldCatalogue } from './field-catalogue.ts'
export type { FieldCatalogue, KnownField } from './field-catalogue.ts'
export * from './limits.ts'
export { buildMatcher, matchVerdict } from './match.ts'
export type { Candidate, Matcher, MatchVerdict, Subscription } from './match.ts'
export type { Operator, Seen } from './operator.ts'
export { operators } from './operators/index.ts'
export { checkPatterns, isSystemType, resolvePatterns, systemKinds } from './patterns.ts'
export { surroundingsOf } from './surroundings.ts'
export type { Surroundings } from './surroundings.ts'
