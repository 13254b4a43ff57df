import { type Static, Type } from 'typebox'
import type { Member } from '../model/index.ts'
import type { Store } from '../store/store.ts'
import { role } from './member-schemas.ts'
import { nullableText } from './schemas.ts'

const nullable = <S extends Type.TSchema>(shape: S) =>
  Type.Unsafe<Static<S> | null>({ ...shape, type: ['object', 'null'] })

export const sessionShape = Type.Object({
  member: nullable(
    Type.Object({
      id: Type.String(),
      email: Type.String(),
      name: Type.String(),
      role,
      language: nullableText(),
    }),
  ),
  account: nullable(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      time_zone: Type.String(),
      language: Type.String(),
    }),
  ),
  setup_needed: Type.Boolean({
    description:
      'Nobody can sign in yet: the link that the server printed at its start makes the first owner.',
  }),
})

/** Makes what tells who is signed in, as `GET /v1/session` says it. */
export function makeSessionView(
  store: Pick<Store, 'accounts' | 'members'>,
): (member: Member | null) => Promise<Static<typeof sessionShape>> {
  /** It never becomes another one, and everybody may ask. */
  let firstId: string | undefined

  return async (signedIn) => {
    firstId ??= (await store.accounts.first())?.id
    const setup_needed = firstId !== undefined && !(await store.members.anyActive(firstId))
    if (!signedIn) return { member: null, account: null, setup_needed }
    const { id, account_id, email, name, role, language } = signedIn
    const found = await store.accounts.get(account_id)
    const account = found && {
      id: found.id,
      name: found.name,
      time_zone: found.time_zone,
      language: found.language,
    }
    return { member: { id, email, name, role, language }, account, setup_needed }
  }
}
