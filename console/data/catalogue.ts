import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Json } from './json.ts'
import { get } from './client.ts'

export interface KnownField {
  name: string
  title: string
  type: FieldType
  choices: string[] | null
  /** The kind that a link points at. */
  links: string | null
  origin: 'built_in' | 'declared' | 'discovered'
}

export type FieldType =
  | 'text' | 'number' | 'money' | 'boolean' | 'date' | 'choice' | 'tags' | 'list' | 'stage' | 'pipeline' | 'period'
  | 'user' | 'link' | 'json' // prettier-ignore

/** What conditions, parameters and templates can name: `current.price`, `contact.email`. */
export interface FieldPath {
  path: string
  type: FieldType
  choices: string[] | null
}

export interface Kind {
  name: string
  title: string
  plural: string
  origin: 'built_in' | 'declared'
  capabilities: string[]
  fields: KnownField[]
  paths: FieldPath[]
}

export interface EventType {
  type: string
  kind: string
  action: string
  title: string
  description: string
  data: Record<string, FieldType>
  /** Has old and new values. */
  transition: boolean
  activity: boolean
  /** What other systems call it: `{amocrm: ["status"]}`. */
  aliases: Record<string, string[]>
  sample: { current: Record<string, Json>; previous: Record<string, Json>; data: Record<string, Json> }
}

export interface Operator {
  name: string
  title: string
  accepts: FieldType[]
  transition: boolean
  holds_when_missing: boolean
  values: 'none' | 'one' | 'two' | 'many' | 'span'
}

/** One setting of a format, policy or source, as the server describes it; `parts/described-form` draws it. */
export interface Option {
  name: string
  title: string
  type: 'choice' | 'text' | 'number' | 'boolean' | 'numbers' | 'rows'
  choices?: { value: string; title: string }[]
  columns?: Option[]
  required?: boolean
  default?: Json
  min?: number
  max?: number
  minItems?: number
  maxItems?: number
}

export interface Described {
  name: string
  title: string
  description: string
  options: Option[]
}

export interface Format extends Described {
  methods: string[]
}

export interface Preset {
  name: string
  title: string
  description: string
  system: string | null
  /** The name of its guide. */
  guide: string
  webhook: Record<string, Json>
  asks: { path: string; title: string; hint: string; required: boolean }[]
}

export interface SourceType extends Described {
  has_preview: boolean
  samples: {
    title: string
    call: { contentType: string; headers: [string, string][]; body: string }
    options: Record<string, Json>
  }[]
}

export interface Catalogue {
  languages: string[]
  field_types: FieldType[]
  capabilities: { name: string; title: string; fields: string[]; events: string[] }[]
  kinds: Kind[]
  events: EventType[]
  /** What happens to webhooks themselves; matched by name only. */
  system_events: EventType[]
  operators: Operator[]
  formats: Format[]
  retry_policies: Described[]
  presets: Preset[]
  sources: SourceType[]
}

export const catalogueQuery = (language: string) =>
  queryOptions({
    queryKey: ['catalogue', language],
    queryFn: ({ signal }) => get<Catalogue>('/catalogue', { language }, signal),
    staleTime: 60_000,
  })

/** What there is, in the language of the console. Suspends until it is there. */
export function useCatalogue(): Catalogue {
  const { i18n } = useTranslation()
  return useSuspenseQuery(catalogueQuery(i18n.language)).data
}

/** An event type by its name, also of the server's own events. */
export function findEventType(catalogue: Catalogue, type: string): EventType | undefined {
  return [...catalogue.events, ...catalogue.system_events].find((event) => event.type === type)
}
