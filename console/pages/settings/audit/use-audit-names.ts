import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import { inspectorList } from '../../../data/inspectors.ts'
import { allMembers } from '../../../data/members.ts'
import { allPipelines } from '../../../data/pipelines.ts'
import { allSources } from '../../../data/sources.ts'
import { allTokens } from '../../../data/tokens.ts'
import { allUsers } from '../../../data/users.ts'
import { allWebhooks } from '../../../data/webhooks.ts'
import { splitId } from './audit-subject.ts'

/** What the subject of this kind and id is called today; undefined where it is gone or has no name. */
export type NameOfSubject = (kind: string, id: string) => string | undefined

/** Names for the ids in the log. They come when they come: until then ids are shown. */
export function useAuditNames() {
  const { t } = useTranslation('settings')
  const { kinds, events } = useCatalogue()
  const webhooks = useQuery(allWebhooks).data
  const pipelines = useQuery(allPipelines).data
  const users = useQuery(allUsers).data
  const members = useQuery(allMembers).data
  const tokens = useQuery(allTokens).data
  const sources = useQuery(allSources).data
  const inspectors = useQuery(inspectorList).data?.items

  return useMemo(() => {
    const kindTitle = (name: string) => kinds.find((kind) => kind.name === name)?.title
    const called = (items: { id: string; name: string }[] | undefined, id: string) =>
      items?.find((item) => item.id === id)?.name || undefined
    const lookups: Record<string, (id: string) => string | undefined> = {
      webhook: (id) => called(webhooks, id),
      source: (id) => called(sources, id),
      inspector: (id) => called(inspectors, id),
      token: (id) => called(tokens, id),
      user: (id) => called(users, id),
      member: (id) =>
        members?.filter((member) => member.id === id).map(({ name, email }) => name || email)[0],
      pipeline(id) {
        const [kind, own] = splitId(id)
        return pipelines?.find((one) => one.kind === kind && one.id === own)?.name
      },
      field(id) {
        const [kind, own] = splitId(id)
        const fields = kinds.find(({ name }) => name === kind)?.fields
        const title = fields?.find(({ name }) => name === own)?.title ?? own
        return t('audit.ofKind', { kind: kindTitle(kind) ?? kind, name: title })
      },
      record(id) {
        const [kind, own] = splitId(id)
        return t('audit.ofKind', { kind: kindTitle(kind) ?? kind, name: own })
      },
      kind: kindTitle,
      event_type: (id) => events.find(({ type }) => type === id)?.title,
    }
    const nameOf: NameOfSubject = (kind, id) => lookups[kind]?.(id)
    const lists: Record<string, unknown> = {
      webhook: webhooks,
      source: sources,
      inspector: inspectors,
      token: tokens,
      user: users,
      member: members,
      pipeline: pipelines,
      kind: kinds,
      event_type: events,
    }
    return {
      nameOf,
      /** Whether it is known to be there no more. */
      isGone: (kind: string, id: string) => Boolean(lists[kind]) && nameOf(kind, id) === undefined,
      /** Who did it: a person, a key, or the server by itself. */
      actorName(actor: string): {
        kind: 'member' | 'token' | 'system'
        id: string
        name: string | undefined
      } {
        const [kind = '', id = ''] = actor.split(' ')
        if (kind === 'member' || kind === 'token') return { kind, id, name: nameOf(kind, id) }
        return { kind: 'system', id: '', name: t('audit.system') }
      },
      members: members ?? [],
      tokens: tokens ?? [],
      webhooks: webhooks ?? [],
      pipelines: pipelines ?? [],
      sources: sources ?? [],
    }
  }, [kinds, events, webhooks, pipelines, users, members, tokens, sources, inspectors, t])
}

export type AuditNames = ReturnType<typeof useAuditNames>
