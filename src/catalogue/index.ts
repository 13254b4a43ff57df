/**
 * What there is, as descriptions: kinds, events, operators, formats and retry policies, each described in its own file, all
 * gathered here. The API answers it, forms are drawn from it. It holds nothing of any account.
 */
import { builtInKinds, capabilities, eventTypes, fieldsOf } from '../crm/index.ts'
import type { Kind } from '../crm/index.ts'
import { formats } from '../formats/index.ts'
import { fieldTypes, type Language, languages, type Text } from '../model/index.ts'
import { retryPolicies } from '../retry/index.ts'
import { fieldCatalogue, operators } from '../rules/index.ts'

const noSchema = { fields: [], pipelines: [], users: [], kinds: [], event_types: [] }

function describeKind(kind: Kind) {
  const types = eventTypes.filter((eventType) => eventType.kind === kind.name).map(({ type }) => type)
  return {
    name: kind.name,
    title: kind.title,
    plural: kind.plural,
    capabilities: kind.capabilities.map(({ name }) => name),
    fields: Object.entries(fieldsOf(kind)).map(([name, { title, type, choices, links }]) => ({
      name,
      title,
      type,
      choices: choices ?? null,
      links: links ?? null,
    })),
    /** What conditions can name for all of its events together. */
    paths: fieldCatalogue(noSchema, types).list(),
  }
}

const catalogue = {
  languages: [...languages],
  field_types: [...fieldTypes],
  capabilities: capabilities.map(({ name, title }) => ({ name, title })),
  kinds: builtInKinds.map(describeKind),
  events: eventTypes.map(
    ({ type, kind, action, title, description, data, transition, activity, aliases, sample }) => ({
      type,
      kind,
      action,
      title,
      description,
      data,
      transition,
      activity,
      aliases,
      sample,
    }),
  ),
  operators: operators.map(({ name, title, accepts, transition, holdsWhenMissing, values }) => ({
    name,
    title,
    accepts: [...accepts],
    /** Compares old with new, so it is accepted only where a subscribed event has an old value. */
    transition: transition ?? false,
    holds_when_missing: holdsWhenMissing ?? false,
    values,
  })),
  formats: formats.map(({ name, title, description, methods, options }) => ({
    name,
    title,
    description,
    methods: [...methods],
    options,
  })),
  retry_policies: retryPolicies.map(({ name, title, description, options }) => ({
    name,
    title,
    description,
    options,
  })),
}

/** The catalogue with every text in one language, or in all of them where none is asked for. */
export function catalogueIn(language: Language | undefined): unknown {
  return language === undefined ? catalogue : pickLanguage(catalogue, language)
}

function pickLanguage(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((item) => pickLanguage(item, language))
  if (value === null || typeof value !== 'object') return value
  if (isText(value)) return value[language]
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pickLanguage(item, language)]))
}

function isText(value: object): value is Text {
  const keys = Object.keys(value)
  return keys.length === languages.length && languages.every((language) => keys.includes(language))
}
