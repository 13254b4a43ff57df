import { builtInKinds, capabilities, eventTypesOf, findKind, vocabularyOf } from '../crm/index.ts'
import { invalid, notFound, Problem } from '../model/index.ts'
import type {
  AccountSchema,
  DeclaredEventType,
  DeclaredKind,
  JsonObject,
  ProblemDetail,
} from '../model/index.ts'
import { systemKinds } from '../rules/index.ts'
import type { Transaction } from '../store/store.ts'
import { checkField, type FieldInput } from './webhooks/check-field.ts'
import { notAChoice, unknownKind } from './ingest/not-a-choice.ts'

export interface KindInput {
  title?: string
  capabilities?: string[]
  fields?: Record<string, FieldInput>
}

export interface EventTypeInput {
  title?: string
  sample?: JsonObject
}

const word = /^[a-z][a-z0-9_]{0,63}$/
const kindsMax = 100
const eventTypesMax = 1000
const fieldsMax = 200
const sampleKeysMax = 100
const shownMax = 5

/** Kinds that the server speaks of itself, and a word that is a path already: `/v1/records/batch`. */
const takenWords = [...systemKinds, 'batch']

/**
 * Declares a kind, or changes one that the account declared.
 * @throws Problem `invalid`; `conflict` where webhooks name events that it would no longer have
 */
export async function putKind(
  tx: Transaction,
  accountId: string,
  name: string,
  input: KindInput,
): Promise<DeclaredKind> {
  const schema = await tx.schema.get(accountId)
  const kind = declaredKind(name, input, schema)
  const others = schema.kinds.filter((one) => one.name !== name)
  if (others.length >= kindsMax)
    throw invalid([
      { path: '', code: 'too_many', message: `An account may declare at most ${kindsMax} kinds.` },
    ])
  const after = new Set(vocabularyOf({ ...schema, kinds: [...others, kind] }).typeNames)
  const gone = new Set(vocabularyOf(schema).typeNames.filter((type) => !after.has(type)))
  await refuseWhileNamed(tx, accountId, (pattern) => gone.has(pattern))
  await tx.schema.putKind(accountId, kind)
  return kind
}

/**
 * Deletes a kind with the pipelines and the fields of its own.
 * @throws Problem `not_found`; `conflict` while there are records of it, or anything names it
 */
export async function deleteKind(tx: Transaction, accountId: string, name: string): Promise<void> {
  const schema = await tx.schema.get(accountId)
  if (!schema.kinds.some((kind) => kind.name === name)) throw notFound('declared kind', name)
  const [record] = await tx.records.list(accountId, name, {}, { limit: 1 })
  if (record) throw new Problem('conflict', `There are records of the kind "${name}". Delete them first.`)
  const type = schema.event_types.find((one) => kindOf(one.type) === name)
  if (type) throw new Problem('conflict', `The event type "${type.type}" is of this kind. Delete it first.`)
  const link = linksTo(schema, name)
  if (link) throw new Problem('conflict', `The field "${link}" links to this kind. Change it first.`)
  await refuseWhileNamed(tx, accountId, (pattern) => kindOf(pattern) === name)
  for (const { kind, id } of schema.pipelines)
    if (kind === name) await tx.schema.deletePipeline(accountId, kind, id)
  for (const field of schema.fields)
    if (field.kind === name) await tx.schema.deleteField(accountId, name, field.name)
  await tx.schema.deleteKind(accountId, name)
}

/**
 * Declares an activity of a kind, or changes one that the account declared.
 * @throws Problem `invalid`
 */
export async function putEventType(
  tx: Transaction,
  accountId: string,
  type: string,
  { title = type, sample = {} }: EventTypeInput,
): Promise<DeclaredEventType> {
  const schema = await tx.schema.get(accountId)
  const errors = eventTypeProblems(type, sample, schema)
  if (errors.length > 0) throw invalid(errors)
  const declared = { type, title, sample }
  await tx.schema.putEventType(accountId, declared)
  return declared
}

/** @throws Problem `not_found`; `conflict` while webhooks name it */
export async function deleteEventType(tx: Transaction, accountId: string, type: string): Promise<void> {
  const { event_types } = await tx.schema.get(accountId)
  if (!event_types.some((one) => one.type === type)) throw notFound('declared event type', type)
  await refuseWhileNamed(tx, accountId, (pattern) => pattern === type)
  await tx.schema.deleteEventType(accountId, type)
}

function declaredKind(name: string, input: KindInput, schema: AccountSchema): DeclaredKind {
  const { title = name, capabilities: wanted = ['lifecycle'], fields = {} } = input
  const known = capabilities.map((capability) => capability.name)
  const errors: ProblemDetail[] = nameProblems(name)
  for (const [index, capability] of wanted.entries()) {
    const path = `capabilities[${index}]`
    if (!known.includes(capability)) errors.push(notAChoice(path, capability, known, { what: 'capability' }))
    else if (wanted.indexOf(capability) < index)
      errors.push({ path, code: 'twice', message: `"${capability}" is there twice.` })
  }
  if (Object.keys(fields).length > fieldsMax) {
    const message = `A kind may have at most ${fieldsMax} fields.`
    errors.push({ path: 'fields', code: 'too_many', message })
  } else {
    const builtIn = Object.assign(
      {},
      ...capabilities.filter((one) => wanted.includes(one.name)).map((one) => one.fields),
    ) as object
    const kinds = new Set([...vocabularyOf(schema).kinds.keys(), name])
    for (const [field, description] of Object.entries(fields)) {
      const at = { name: `fields.${field}`, inside: `fields.${field}.` }
      errors.push(...fieldNameProblems(field), ...checkField(field, description, { builtIn, kinds }, at))
    }
  }
  if (errors.length > 0) throw invalid(errors)
  return {
    name,
    title,
    // In the order in which the catalogue has them.
    capabilities: known.filter((capability) => wanted.includes(capability)),
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, { title: said = field, ...rest }]) => [
        field,
        { title: said, ...rest },
      ]),
    ),
  }
}

function nameProblems(name: string): ProblemDetail[] {
  const path = 'name'
  if (!word.test(name)) {
    const message = "A kind's name has 1 to 64 of a–z, 0–9 and _, and begins with a letter."
    return [{ path, code: 'bad_name', message }]
  }
  if (findKind(name)) {
    const names = builtInKinds.map((kind) => kind.name).join(', ')
    const message = `"${name}" is built in, as are ${names}. Choose another name.`
    return [{ path, code: 'built_in', message }]
  }
  if (!takenWords.includes(name)) return []
  return [{ path, code: 'taken', message: `"${name}" has a meaning of its own here. Choose another name.` }]
}

function fieldNameProblems(name: string): ProblemDetail[] {
  if (/^[^\p{Cc}]{1,100}$/u.test(name)) return []
  const message = "A field's name has 1 to 100 characters, none of them a control character."
  return [{ path: `fields.${name}`, code: 'field_name', message }]
}

function eventTypeProblems(type: string, sample: JsonObject, schema: AccountSchema): ProblemDetail[] {
  const [kindName = '', action = '', ...more] = type.split('.')
  if (!word.test(kindName) || !word.test(action) || more.length > 0) {
    const message =
      'An event type is called "<kind>.<action>", each of 1 to 64 of a–z, 0–9 and _: contact.webinar_attended.'
    return [{ path: 'type', code: 'bad_name', message }]
  }
  const { kinds } = vocabularyOf(schema)
  const kind = kinds.get(kindName)
  if (!kind) return [unknownKind('type', kindName, kinds.keys())]
  const errors: ProblemDetail[] = []
  if (eventTypesOf(kind).some((one) => one.type === type)) {
    const message = `"${type}" is there already: a ${kindName} brings it. Choose another name.`
    errors.push({ path: 'type', code: 'built_in', message })
  }
  if (schema.event_types.filter((one) => one.type !== type).length >= eventTypesMax) {
    const message = `An account may declare at most ${eventTypesMax} event types.`
    errors.push({ path: '', code: 'too_many', message })
  }
  if (Object.keys(sample).length > sampleKeysMax) {
    const message = `A sample may have at most ${sampleKeysMax} keys.`
    errors.push({ path: 'sample', code: 'too_many', message })
  }
  return errors
}

/** @throws Problem `conflict` where a webhook names a type or pattern that is meant */
async function refuseWhileNamed(
  tx: Transaction,
  accountId: string,
  isMeant: (pattern: string) => boolean,
): Promise<void> {
  const naming = (await tx.webhooks.all(accountId)).filter(({ events }) => events.some(isMeant))
  if (naming.length === 0) return
  const shown = naming.slice(0, shownMax).map(({ id, name }) => `"${name}" (${id})`)
  const more = naming.length > shownMax ? ` and ${naming.length - shownMax} more` : ''
  throw new Problem(
    'conflict',
    `Webhooks name its events: ${shown.join(', ')}${more}. Change or delete them first.`,
  )
}

/** A field of another kind that links to this one, for people; undefined where there is none. */
function linksTo({ kinds, fields }: AccountSchema, name: string): string | undefined {
  const own = fields.find(({ kind, links }) => links === name && kind !== name)
  if (own) return `${own.kind}.${own.name}`
  for (const kind of kinds) {
    if (kind.name === name) continue
    const field = Object.keys(kind.fields).find((key) => kind.fields[key]!.links === name)
    if (field !== undefined) return `${kind.name}.${field}`
  }
  return undefined
}

/** `lead.created` and `lead.*` → `lead`. */
function kindOf(pattern: string): string {
  return pattern.slice(0, pattern.indexOf('.'))
}
