/**
 * What we talk about: the nouns of the product as types, and pure functions on them. Imports nothing.
 *
 * The shapes are those of the API, in snake_case, so that nothing has to be translated on the way from the wire to the
 * store and back (docs/decisions/0002). Only times differ: inside a CrmEvent they are ISO text, because the event is
 * frozen as it is shown; everywhere else they are milliseconds since the epoch, and the API writes them as ISO text.
 */
export * from './account.ts'
export * from './audit.ts'
export * from './check-options.ts'
export * from './condition.ts'
export * from './decision.ts'
export * from './declared.ts'
export * from './demo.ts'
export * from './delivery.ts'
export * from './erasure.ts'
export * from './event.ts'
export * from './field.ts'
export * from './import.ts'
export * from './inspector.ts'
export * from './json.ts'
export * from './member.ts'
export * from './option.ts'
export * from './path.ts'
export * from './pauses.ts'
export * from './pipeline.ts'
export * from './problem.ts'
export * from './record.ts'
export * from './replay.ts'
export * from './secrets.ts'
export * from './share-link.ts'
export * from './source.ts'
export * from './text.ts'
export * from './traceparent.ts'
export * from './webhook.ts'
