import { vocabularyOf } from '../crm/index.ts'
import type { Vocabulary } from '../crm/index.ts'
import type {
  Account,
  AccountField,
  AccountSchema,
  CrmUser,
  FieldType,
  Pipeline,
  StageType,
  Webhook,
} from '../model/index.ts'
import {
  buildMatcher,
  compileConditions,
  fieldCatalogue,
  resolvePatterns,
  surroundingsOf,
} from '../rules/index.ts'
import type { CompiledConditions, Matcher, Surroundings } from '../rules/index.ts'
import type { Reads } from '../store/store.ts'

/** What deciding needs of an account, compiled: its webhooks indexed, their conditions as functions, its names. */
export interface AccountConfig {
  account: Account
  names: AccountNames
  matcher: Matcher<Webhook>
  webhook(webhookId: string): Webhook | undefined
  /** Compiled when a webhook is first a candidate: most of an account's webhooks are not asked for most of the time. */
  conditionsOf(webhook: Webhook): CompiledConditions
}

/** An account's fields, pipelines and users, to be looked up. */
export interface AccountNames {
  schema: AccountSchema
  /** Its kinds and event types. */
  vocabulary: Vocabulary
  isActivity(eventType: string): boolean
  /** The account's own fields of a kind, by name. */
  fields(kind: string): ReadonlyMap<string, AccountField>
  pipelines(kind: string): ReadonlyMap<string, Pipeline>
  users: ReadonlyMap<string, CrmUser>
  /** `open` where the stage is not known. */
  stageType(kind: string, pipelineId: unknown, stageId: unknown): StageType
}

type Versions = Pick<Account, 'config_version' | 'schema_version'>
type Source = Pick<Reads, 'accounts' | 'schema' | 'webhooks'>

/** The compiled configs of the accounts that are in use, each as fresh as its reader asks for. */
export interface AccountConfigs {
  /** The config at these versions, from memory where it is there, else read from `source`. null: no such account. */
  at(source: Source, accountId: string, versions: Versions): Promise<AccountConfig | null>
  /** The config at this config version or a later one. */
  notBefore(source: Source, accountId: string, configVersion: number): Promise<AccountConfig | null>
}

const accountsMax = 1000

export function makeAccountConfigs(): AccountConfigs {
  const kept = new Map<string, AccountConfig>()

  async function load(source: Source, accountId: string): Promise<AccountConfig | null> {
    // The account first: what is read after it can only be newer than the versions that it states.
    const account = await source.accounts.get(accountId)
    if (!account) return null
    const before = kept.get(accountId)
    const sameWebhooks = before?.account.config_version === account.config_version
    const webhooks = sameWebhooks ? null : await source.webhooks.all(accountId)
    const schema = await source.schema.get(accountId)
    const config = compile(account, schema, webhooks, before)
    kept.delete(accountId)
    kept.set(accountId, config)
    if (kept.size > accountsMax) kept.delete(kept.keys().next().value!)
    return config
  }

  return {
    async at(source, accountId, versions) {
      const config = kept.get(accountId)
      if (
        config?.account.config_version === versions.config_version &&
        config.account.schema_version === versions.schema_version
      )
        return config
      return load(source, accountId)
    },
    async notBefore(source, accountId, configVersion) {
      const config = kept.get(accountId)
      return config && config.account.config_version >= configVersion ? config : load(source, accountId)
    },
  }
}

function compile(
  account: Account,
  schema: AccountSchema,
  webhooks: Webhook[] | null,
  before: AccountConfig | undefined,
): AccountConfig {
  const conditions = new Map<string, CompiledConditions>()
  const surroundings = surroundingsOf(account, schema)
  const byId = new Map(webhooks?.map((webhook) => [webhook.id, webhook]))
  return {
    account,
    names: indexNames(schema),
    matcher: webhooks ? buildMatcher(webhooks) : before!.matcher,
    webhook: webhooks ? (webhookId) => byId.get(webhookId) : before!.webhook,
    conditionsOf(webhook) {
      let compiled = conditions.get(webhook.id)
      if (!compiled) conditions.set(webhook.id, (compiled = compileFor(webhook, schema, surroundings)))
      return compiled
    },
  }
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

export function indexNames(schema: AccountSchema): AccountNames {
  const fields = new Map<string, Map<string, AccountField>>()
  for (const field of schema.fields) inner(fields, field.kind).set(field.name, field)
  const pipelines = new Map<string, Map<string, Pipeline>>()
  for (const pipeline of schema.pipelines) inner(pipelines, pipeline.kind).set(pipeline.id, pipeline)
  const vocabulary = vocabularyOf(schema)
  return {
    schema,
    vocabulary,
    isActivity: (eventType) => vocabulary.eventTypes.get(eventType)?.activity === true,
    fields: (kind) => fields.get(kind) ?? none,
    pipelines: (kind) => pipelines.get(kind) ?? none,
    users: new Map(schema.users.map((user) => [user.id, user])),
    stageType(kind, pipelineId, stageId) {
      const stages = pipelines.get(kind)?.get(String(pipelineId))?.stages
      return stages?.find(({ id }) => id === stageId)?.type ?? 'open'
    },
  }
}

function inner<V>(outer: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let map = outer.get(key)
  if (!map) outer.set(key, (map = new Map()))
  return map
}

function compileFor(webhook: Webhook, schema: AccountSchema, surroundings: Surroundings): CompiledConditions {
  const catalogue = fieldCatalogue(schema, resolvePatterns(webhook.events, vocabularyOf(schema).typeNames))
  const typeOf = (path: string): FieldType => catalogue.find(path)?.type ?? 'text'
  return compileConditions(webhook.conditions, typeOf, surroundings)
}
