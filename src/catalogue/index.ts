/**
 * What there is, as descriptions: kinds, events, operators, formats, retry policies, presets and sources, each described in
 * its own file, all gathered here; and what one account has declared or brought beside them. The API answers it, forms are
 * drawn from it.
 */
import { capabilities, fieldsOf, systemEventTypes, vocabularyOf } from '../crm/index.ts'
import type { EventTypeDescription, Kind } from '../crm/index.ts'
import { formats } from '../formats/index.ts'
import {
  type AccountField,
  type AccountSchema,
  fieldTypes,
  inEveryLanguage,
  type Language,
  languages,
  type Text,
} from '../model/index.ts'
import { presets } from '../presets/index.ts'
import { retryPolicies } from '../retry/index.ts'
import { fieldCatalogue, operators } from '../rules/index.ts'
import { sources } from '../sources/index.ts'

function describeKind(kind: Kind, types: readonly string[], schema: AccountSchema) {
  const builtIn = fieldsOf(kind)
  const own = schema.fields.filter((field) => field.kind === kind.name && !Object.hasOwn(builtIn, field.name))
  return {
    name: kind.name,
    title: kind.title,
    plural: kind.plural,
    origin: schema.kinds.some(({ name }) => name === kind.name) ? 'declared' : 'built_in',
    capabilities: kind.capabilities.map(({ name }) => name),
    fields: [
      ...Object.entries(builtIn).map(([name, { title, type, choices, links }]) => ({
        name,
        title,
        type,
        choices: choices ?? null,
        links: links ?? null,
        origin: 'built_in',
      })),
      ...own.map(describeField),
    ],
    /** What conditions can name for all of its events together. */
    paths: fieldCatalogue(schema, types).list(),
  }
}

function describeField({ name, title, type, choices, links, origin }: AccountField) {
  return { name, title: inEveryLanguage(title), type, choices, links, origin }
}

function describeEvent(eventType: EventTypeDescription) {
  const { type, kind, action, title, description, data, transition, activity, aliases, sample } = eventType
  return { type, kind, action, title, description, data, transition, activity, aliases, sample }
}

/** The parts that an account can add to. */
function describeAccount(schema: AccountSchema) {
  const { kinds, eventTypes } = vocabularyOf(schema)
  const events = [...eventTypes.values()].filter(({ kind }) => kinds.has(kind))
  return {
    kinds: [...kinds.values()].map((kind) => {
      const types = events.filter((event) => event.kind === kind.name).map(({ type }) => type)
      return describeKind(kind, types, schema)
    }),
    events: events.map(describeEvent),
  }
}

/** The parts that are the same for everybody. */
const forAll = {
  languages: [...languages],
  field_types: [...fieldTypes],
  capabilities: capabilities.map(({ name, title, fields, events }) => ({
    name,
    title,
    fields: Object.keys(fields),
    events: Object.keys(events),
  })),
  /** Matched only by name: what happens to webhooks themselves. */
  system_events: systemEventTypes.map(describeEvent),
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
  presets: presets.map(({ name, title, description, system, guide, webhook, asks }) => ({
    name,
    title,
    description,
    system,
    /** Read at `/docs/guide/<guide>`. */
    guide,
    webhook,
    asks,
  })),
  sources: sources.map(({ name, title, description, options, preview, samples }) => ({
    name,
    title,
    description,
    options,
    /** Its settings say where things stand, and a preview shows what they find. */
    has_preview: preview !== undefined,
    samples: samples.map(({ title: sampleTitle, call, options: set }) => ({
      title: sampleTitle,
      call,
      options: set,
    })),
  })),
}

/** The catalogue of an account, with every text in one language, or in all of them where none is asked for. */
export function catalogueFor(schema: AccountSchema, language: Language | undefined): unknown {
  const { languages: all, field_types, capabilities: can, ...rest } = forAll
  const catalogue = { languages: all, field_types, capabilities: can, ...describeAccount(schema), ...rest }
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
