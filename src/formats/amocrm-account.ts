import { actionOf, type CrmEvent, type Json, type JsonObject } from '../model/index.ts'
import { accountEntities, type Entity } from './amocrm-account-entities.ts'
import { robot, unixSeconds } from './amocrm-account-keys.ts'
import type { Body } from './amocrm-body.ts'
import { idJson, idText } from './amocrm-ids.ts'
import { ownField } from './own-field.ts'
import { addPairs, asText, encodeForm, type Pair, tooLarge } from './form.ts'
import { type FormatInput, renderedCharactersMax } from './format.ts'

type Input = Pick<FormatInput, 'event' | 'context'>

/** How an id is written: a form has only text, JSON has digits as numbers. */
type WriteId = (id: string | null) => Json

/**
 * The body of amoCRM's account webhooks (Settings, Integrations): the record whole, in the field shape of its API v2, and the
 * account. https://www.amocrm.ru/developers/content/crm_platform/webhooks-format; keys as in bodies that real accounts sent
 * (Bolid1/zapier_build, `app/tests`). A key whose value is not known is left out, as amoCRM does. Old values stand only
 * where amoCRM sends them: stage and pipeline, responsible, period.
 */
export const accountBody: Body = {
  sentBy: "amoCRM's account",
  expresses: (eventType) => shapeOf(eventType) !== null,
  form: (input) => {
    const pairs: Pair[] = []
    for (const [name, value] of Object.entries(bodyOf(input, (id) => id ?? ''))) addPairs(pairs, name, value)
    return encodeForm(pairs)
  },
  json: (input) => {
    const body = JSON.stringify(bodyOf(input, rawId))
    if (body.length > renderedCharactersMax) throw tooLarge()
    return body
  },
}

/** Digits of any length as a number: a JavaScript number would round them, and TypeScript does not know rawJSON yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): Json }
const rawId: WriteId = (id) => rawJSON(idJson(id))

function shapeOf(eventType: string): { entity: Entity; action: string } | null {
  const entity = accountEntities.get(eventType.slice(0, eventType.indexOf('.')))
  const action = entity?.actions.get(actionOf(eventType))
  return entity && action !== undefined ? { entity, action } : null
}

function bodyOf({ event, context }: Input, writeId: WriteId): JsonObject {
  const { entity, action } = shapeOf(event.type)!
  const { account } = context
  const written = entityOf(entity, action, { event, context }, writeId)
  return {
    [entity.name]: { [action]: [written] },
    account: {
      subdomain: account.subdomain,
      id: writeId(idText(account.id)),
      _links: { self: `https://${account.subdomain}.amocrm.ru` },
    },
  }
}

function entityOf(entity: Entity, action: string, { event, context }: Input, writeId: WriteId): JsonObject {
  const isTyped = entity.name === 'contacts' || action === 'delete'
  const type: JsonObject = entity.type !== null && isTyped ? { type: entity.type } : {}
  if (action === 'delete') return { id: writeId(idText(event.record.id)), ...type }
  if (action === 'note') return { note: noteOf(entity, { event, context }, writeId), ...type }
  const written: JsonObject = {}
  const taken = new Set(entity.holdsBack)
  for (const { name, fields, kind, read } of entity.keys) {
    for (const field of fields) taken.add(field)
    const value = read(event, context)
    // An old id that was not set is still told: that it was empty is what changed.
    if (value === undefined || (value === null && !name.startsWith('old_'))) continue
    written[name] = kind === 'id' ? writeId(idText(value)) : value
  }
  const customFields = customFieldsOf(event, taken, writeId)
  if (customFields.length > 0) written['custom_fields'] = customFields
  return { ...written, ...type }
}

/** amoCRM knows a contact's address and number by these codes, whatever the account calls the fields. */
const codes: Record<string, string> = { email: 'EMAIL', phone: 'PHONE' }

/**
 * Every field that amoCRM has no key for. Fields that came from amoCRM are named `cf_<id>` by its source and get their own id
 * back; others have their name for an id.
 */
function customFieldsOf({ current }: CrmEvent, taken: ReadonlySet<string>, writeId: WriteId): JsonObject[] {
  return Object.entries(current).flatMap(([name, value]): JsonObject[] => {
    const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== '')
    if (taken.has(name) || values.length === 0) return []
    const amocrmId = /^cf_([A-Za-z0-9_-]+)$/.exec(name)?.[1]
    const field: JsonObject = { id: amocrmId === undefined ? name : writeId(amocrmId), name }
    const code = ownField(codes, name)
    if (code !== undefined) field['code'] = code
    return [{ ...field, values: values.map((one) => ({ value: fieldText(one) })) }]
  })
}

/** amoCRM's own checkboxes are 1 and 0. */
function fieldText(value: Json): string {
  return typeof value === 'boolean' ? (value ? '1' : '0') : asText(value)
}

/** amoCRM's number for an ordinary note. */
const commonNote = '4'

function noteOf({ elementType }: Entity, { event, context }: Input, writeId: WriteId): JsonObject {
  const { data, record, current, actor, occurred_at: at } = event
  const author = idText(ownField(data, 'user_id')) ?? (actor.kind === 'user' ? actor.id : null) ?? robot
  const owner = idText(ownField(current, 'owner_id'))
  const seconds = unixSeconds(at)
  // The page has these two as the account's local time; the seconds beside them say which moment is meant.
  const local = at.slice(0, 19).replace('T', ' ')
  return {
    element_type: writeId(elementType),
    element_id: writeId(idText(record.id)),
    note_type: writeId(commonNote),
    text: asText(ownField(data, 'text')),
    account_id: writeId(idText(ownField(current, 'account_id')) ?? context.account.id),
    date_create: local,
    timestamp_x: local,
    created_by: writeId(author),
    modified_by: writeId(author),
    ...(owner === null ? {} : { main_user_id: writeId(owner) }),
    id: writeId(idText(ownField(data, 'id')) ?? event.external_id ?? event.id),
    ...(seconds === undefined ? {} : { created_at: seconds, updated_at: seconds }),
  }
}
