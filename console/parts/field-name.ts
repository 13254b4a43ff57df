/** What people call the places that conditions, parameters and templates name: `current.price` is "Price", `contact.email` "Contact: e-mail". */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Kind, useCatalogue } from '../data/catalogue.ts'

/** The words around the catalogue's titles, in the reader's language. */
export interface FieldWords {
  /** "Price before". */
  before: (name: string) => string
  /** "Contact: e-mail". */
  of: (thing: string, name: string) => string
  /** `event.occurred_at`, `record.id` and others that every event has; null for what is none of them. */
  fixed: (path: string) => string | null
  /** What events tell beside the record: `subject`, `duration_s`. */
  data: (name: string) => string | null
  /** Parts of things that are named: `name`, `type`, `email`, `id`. */
  part: (name: string) => string | null
}

type Titles = Pick<Kind, 'name' | 'title' | 'fields'>[]

/** `kinds`: those whose events are meant first, since two kinds may call one field differently. */
export function fieldName(path: string, kinds: Titles, words: FieldWords): string {
  const dot = path.indexOf('.')
  if (dot < 0) return path
  const root = path.slice(0, dot)
  const name = path.slice(dot + 1)
  const fixed = words.fixed(path)
  if (fixed !== null) return fixed
  if (root === 'current') return titleOf(name, kinds) ?? name
  if (root === 'previous') return words.before(titleOf(name, kinds) ?? name)
  if (root === 'data') return dataName(name, kinds, words)
  return relatedName(root, name, kinds, words) ?? path
}

function dataName(name: string, kinds: Titles, words: FieldWords): string {
  const known = words.data(name) ?? titleOf(name, kinds)
  if (known !== null) return known
  const old = name.startsWith('old_') ? titleOf(name.slice(4), kinds) : null
  return old === null ? name : words.before(old)
}

/** Names of what a record points at: `stage.name`, `old_owner.email`, and of linked records: `contact.email`. */
function relatedName(root: string, name: string, kinds: Titles, words: FieldWords): string | null {
  const old = root.startsWith('old_')
  const thing = old ? root.slice(4) : root
  const field = fieldOf(`${thing}_id`, kinds)
  const linked = kinds.find((kind) => kind.name === (field?.links ?? thing))
  const title = field?.title ?? linked?.title
  if (title === undefined) return null
  const inside = (linked && lowered(fieldOf(name, [linked]))) ?? words.part(name) ?? name
  return words.of(old ? words.before(title) : title, inside)
}

function fieldOf(name: string, kinds: Titles) {
  for (const kind of kinds) {
    const field = kind.fields.find((one) => one.name === name)
    if (field) return field
  }
  return null
}

function titleOf(name: string, kinds: Titles): string | null {
  return fieldOf(name, kinds)?.title || null
}

/** Behind a colon a word goes on small; names that an account gave stay as they were written. */
function lowered(field: Kind['fields'][number] | null): string | null {
  if (!field?.title) return null
  const { title, origin } = field
  const second = title.charAt(1)
  if (origin !== 'built_in' || second !== second.toLowerCase()) return title
  return title.charAt(0).toLowerCase() + title.slice(1)
}

/** Where a path stands among others: of the record now, before the change, of the event, of a related thing, or of all else. */
export type FieldGroup = 'now' | 'before' | 'data' | 'fixed' | { thing: string }

const fixedRoots = new Set(['event', 'record', 'actor', 'webhook', 'account'])

export function fieldGroup(path: string): FieldGroup {
  const root = path.slice(0, Math.max(path.indexOf('.'), 0))
  if (root === 'current') return 'now'
  if (root === 'previous') return 'before'
  if (root === 'data') return 'data'
  if (root === '' || fixedRoots.has(root)) return 'fixed'
  return { thing: root.replace(/^old_/, '') }
}

export interface FieldNames {
  /** "Price", "Price before", "Contact: e-mail"; the path itself where nothing is known of it. */
  nameOf: (path: string) => string
  /** The heading under which it is listed. */
  groupOf: (path: string) => string
}

/** Names for the events of these kinds (all where none is named). */
export function useFieldNames(kindNames: readonly string[] = []): FieldNames {
  const { t, i18n } = useTranslation('form')
  const { kinds } = useCatalogue()
  const meant = kindNames.join(' ')
  return useMemo(() => {
    const first = meant.split(' ')
    const sorted = kinds.toSorted((a, b) => rank(first, a.name) - rank(first, b.name))
    const word = (key: string) => {
      const at = `form:fields.${key}`
      return i18n.exists(at) ? (t as (key: string) => string)(at) : null
    }
    const words: FieldWords = {
      before: (name) => t('fields.before', { name }),
      of: (thing, name) => t('fields.of', { thing, name }),
      fixed: (path) => (fixedRoots.has(path.slice(0, path.indexOf('.'))) ? word(path) : null),
      data: (name) => word(`data.${name}`),
      part: (name) => word(`part.${name}`),
    }
    return {
      nameOf: (path) => fieldName(path, sorted, words),
      groupOf(path) {
        const group = fieldGroup(path)
        if (typeof group === 'string') return t(`fields.group.${group}`)
        const { thing } = group
        return (
          fieldOf(`${thing}_id`, sorted)?.title ?? sorted.find(({ name }) => name === thing)?.title ?? thing
        )
      },
    }
  }, [kinds, meant, t, i18n])
}

function rank(first: string[], name: string): number {
  const at = first.indexOf(name)
  return at < 0 ? first.length : at
}
