/** What conditions can ask about the events that a webhook listens to. */
import type {
  Catalogue,
  EventType,
  FieldPath,
  FieldType,
  KnownField,
  Operator,
} from '../../../data/catalogue.ts'
import { fieldGroup } from '../../../parts/field-name.ts'
import { pathsOf } from '../subscribed.ts'

export interface AskableField extends FieldPath {
  /** For a link: the kind of record that it names. */
  links: string | null
  /** The kinds whose pipelines its stages are of. */
  kinds: string[]
}

export interface AskableFields {
  list: AskableField[]
  find: (path: string) => AskableField | null
  /** What can be asked of a field, in the server's order. */
  operatorsFor: (field: FieldPath) => Operator[]
  /** The path of the currency that a plain price has beside it, where there is one. */
  currencyOf: (field: FieldPath) => string | null
}

type Known = Pick<Catalogue, 'kinds' | 'operators'>

export function askableFields(types: readonly EventType[], catalogue: Known): AskableFields {
  const kinds = [...new Set(types.map(({ kind }) => kind))]
  const paths = [...pathsOf(types, catalogue), ...systemPaths(types, catalogue)]
  const list = paths
    .map((path) => ({ ...path, ...pointsAt(path.path, kinds, catalogue) }))
    .toSorted((a, b) => rank(a.path) - rank(b.path))
  const byPath = new Map(list.map((field) => [field.path, field]))
  // Only some events have old and new values.
  const canHavePrevious = types.some(({ transition }) => transition)
  return {
    list,
    find: (path) => byPath.get(path) ?? null,
    operatorsFor: ({ path, type }) =>
      catalogue.operators.filter(
        ({ accepts, transition }) =>
          accepts.includes(type) && (!transition || (canHavePrevious && path.startsWith('current.'))),
      ),
    currencyOf(field) {
      const path = pricePath(field)
      return path !== null && byPath.has(path) ? path : null
    },
  }
}

/** What is asked for most comes first: the record now, what the event tells, what the record points at. */
function rank(path: string): number {
  const group = fieldGroup(path)
  return typeof group === 'string' ? { now: 0, data: 1, fixed: 3, before: 4 }[group] : 2
}

/** As the server has it in `rules/priced.ts`: the old price alone does not tell its currency. */
function pricePath({ path, type }: FieldPath): string | null {
  const dot = path.lastIndexOf('.')
  const name = path.slice(dot + 1)
  if (type !== 'number' || (name !== 'price' && name !== 'total') || path.startsWith('previous.')) return null
  return `${path.slice(0, dot)}.currency`
}

const always: Record<string, FieldType> = {
  'event.id': 'text',
  'event.type': 'text',
  'event.source': 'text',
  'event.bulk': 'boolean',
  'record.kind': 'text',
  'record.id': 'text',
  'actor.kind': 'text',
  'actor.id': 'text',
}

/** The server's own events are of no kind of records: they have what every event has, and their data. */
function systemPaths(types: readonly EventType[], { kinds }: Pick<Catalogue, 'kinds'>): FieldPath[] {
  const own = types.filter(({ kind }) => !kinds.some(({ name }) => name === kind))
  if (own.length === 0) return []
  const data = own.flatMap((type) =>
    Object.entries(type.data).map(([name, is]) => [`data.${name}`, is] as const),
  )
  const isOnly = own.length === types.length
  const all = new Map([...(isOnly ? Object.entries(always) : []), ...data])
  return [...all].map(([path, type]) => ({ path, type, choices: null }))
}

const ofRecord = new Set(['current', 'previous', 'data'])

/** `contact.stage_id` is a stage of contacts; `current.stage_id` one of the events' own kinds. */
function pointsAt(
  path: string,
  kinds: string[],
  catalogue: Pick<Catalogue, 'kinds'>,
): Pick<AskableField, 'links' | 'kinds'> {
  const dot = path.indexOf('.')
  const root = path.slice(0, dot)
  const name = path.slice(dot + 1).replace(/^old_/, '')
  const owners = ofRecord.has(root) ? kinds : linkedKinds(root, kinds, catalogue)
  return { links: fieldOf(name, owners, catalogue)?.links ?? null, kinds: owners }
}

function linkedKinds(root: string, kinds: string[], catalogue: Pick<Catalogue, 'kinds'>): string[] {
  const linked = fieldOf(`${root}_id`, kinds, catalogue)?.links ?? root
  return catalogue.kinds.some(({ name }) => name === linked) ? [linked] : []
}

function fieldOf(name: string, kinds: string[], catalogue: Pick<Catalogue, 'kinds'>): KnownField | undefined {
  return catalogue.kinds
    .filter((kind) => kinds.includes(kind.name))
    .flatMap(({ fields }) => fields)
    .find((field) => field.name === name)
}
