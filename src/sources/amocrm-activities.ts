import type { JsonObject, RecordRef } from '../model/index.ts'
import { linkOf, ownerOf, timeOf } from './amocrm-entry.ts'
import { idOf, isObject, textOf, valueOf } from './json-values.ts'
import { readJson } from './read-json.ts'
import type { SourceItem } from './source.ts'

type Activity = Extract<SourceItem, { do: 'activity' }>

/** amoCRM's number for a note that telephony wrote about an incoming call. */
const incomingCall = '10'

/** Kinds that amoCRM's people can write to and call. */
const conversational = new Set(['lead', 'contact', 'customer'])

/**
 * A note, `leads[note][0][note][…]` or without the inner `note`. One about an incoming call is the call: telephony has no
 * webhook of its own in the account's list.
 */
export function readNote(kind: string, entry: JsonObject): Activity | null {
  const inner = valueOf(entry, 'note')
  const note = isObject(inner) ? inner : entry
  const record = ownerOf(note) ?? ofKind(kind, idOf(note, 'element_id', 'entity_id'))
  if (record === null) return null
  const id = idOf(note, 'id')
  const base = {
    do: 'activity' as const,
    record,
    occurred_at: timeOf(note, 'created_at', 'date_create', 'updated_at', 'last_modified'),
    external_id: id === null ? null : `note:${id}`,
  }
  const noteType = textOf(note, 'note_type')
  if (noteType === incomingCall && conversational.has(record.kind))
    return { ...base, type: 'call_received', data: callOfNote(note) }
  const data: JsonObject = { text: textOf(note, 'text') }
  const userId = linkOf(valueOf(note, 'created_by', 'created_user_id', 'main_user_id'))
  if (userId !== null) data.user_id = userId
  if (noteType !== null) data.note_type = noteType
  return { ...base, type: 'note_added', data }
}

/** The text of such a note is JSON in capitals: `{"PHONE": "+7…", "DURATION": "42", "LINK": "https://…"}`. */
function callOfNote(note: JsonObject): JsonObject {
  const text = textOf(note, 'text') ?? ''
  const { value } = readJson(new TextEncoder().encode(text))
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { text }
  const seconds = Number(textOf(value, 'DURATION') ?? Number.NaN)
  return {
    from: textOf(value, 'PHONE'),
    duration_s: Number.isFinite(seconds) ? seconds : null,
    recording_url: textOf(value, 'LINK'),
  }
}

/** A chat message, `message[add][0][…]`: 'outgoing' for what our own people wrote, null where nobody is named. */
export function readMessage(entry: JsonObject): Activity | 'outgoing' | null {
  // Older calls have no type; the account's event is called "incoming message received".
  if ((textOf(entry, 'type') ?? 'incoming') !== 'incoming') return 'outgoing'
  const owner = ownerOf(entry)
  const record =
    owner !== null && conversational.has(owner.kind) ? owner : ofKind('contact', idOf(entry, 'contact_id'))
  if (record === null) return null
  const author = valueOf(entry, 'author')
  const attachment = valueOf(entry, 'attachment')
  const data: JsonObject = {
    from: isObject(author) ? textOf(author, 'name') : null,
    channel: textOf(entry, 'origin'),
    text: textOf(entry, 'text'),
  }
  for (const name of ['chat_id', 'talk_id', 'contact_id']) {
    const value = textOf(entry, name)
    if (value !== null) data[name] = value
  }
  if (isObject(attachment)) data.attachment_url = textOf(attachment, 'link')
  const id = idOf(entry, 'id')
  return {
    do: 'activity',
    record,
    type: 'chat_message_received',
    data,
    occurred_at: timeOf(entry, 'created_at'),
    external_id: id === null ? null : `message:${id}`,
  }
}

function ofKind(kind: string, id: string | null): RecordRef | null {
  return id === null || id === '0' ? null : { kind, id }
}
