import { isIP } from 'node:net'
import { type Static, Type } from 'typebox'
import ipaddr from 'ipaddr.js'
import { type Member, roles } from '../model/index.ts'
import { choice, nullableText, nullableTime, strict, time } from './schemas.ts'
import { iso, isoOrNull } from './times.ts'

export const email = Type.String({
  maxLength: 254,
  pattern: '^\\s*[^\\s@\\u0000-\\u001f\\u007f]+@[^\\s@\\u0000-\\u001f\\u007f]+\\s*$',
  description: 'an e-mail address. Upper and lower case are the same.',
  examples: ['ann@example.com'],
})
/** Its length is checked where it is kept, letter by letter; a wrong one may have any. */
export const password = Type.String({ maxLength: 2000, description: '10 to 200 characters.' })
export const code = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'What stands behind the # of the link.',
})
export const personName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: 'text of 1 to 200 characters, none of them control characters.',
})
export const role = choice(roles, {
  description:
    '`owner` may all that a token of the kind `admin` may, `manager` what `manage` may, `viewer` what `read` may.',
})

export const memberShape = Type.Object({
  id: Type.String(),
  email: Type.String({ description: 'In lower case.' }),
  name: Type.String(),
  role,
  language: nullableText({ description: 'en, ru, pl, pt-BR; null: the language of the account.' }),
  state: choice(['active', 'invited'], { description: '`invited` until a password is set.' }),
  created_at: time,
  last_seen_at: nullableTime,
})

export function showMember(member: Member): Static<typeof memberShape> {
  const { id, email, name, role, language, state, created_at, last_seen_at } = member
  return {
    id,
    email,
    name,
    role,
    language,
    state,
    created_at: iso(created_at),
    last_seen_at: isoOrNull(last_seen_at),
  }
}

export const inviteShape = strict({
  url: Type.String({ description: 'Works once. Shown in this answer only.' }),
  expires_at: time,
})

/** Whose tries are counted together: one IPv4 address, or the 64 bits of IPv6 that one customer has. */
export function addressOf(ip: string): string {
  if (isIP(ip) !== 6) return ip
  const address = ipaddr.IPv6.parse(ip)
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString()
  return address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')
}
