import type {
  Fields,
  FieldDescription,
  FieldType,
  Json,
  JsonObject,
  StageType,
  Text,
} from '../model/index.ts'

/** An event type without its kind. `data` names what the event says beyond the record, and how each value is typed. */
export interface ActionDescription {
  title: Text
  description?: Text
  data: Record<string, FieldType>
  /** True where a previous value can exist: transition operators (changed, changedTo…) are accepted only there. */
  transition: boolean
  /** True for what happens around a record without changing its fields. */
  activity?: boolean
  /** The names other systems use for it, per system: `{ amocrm: ['status_lead'], upnify: ['Mudança de fase do cliente'] }`. */
  aliases?: Record<string, string[]>
  sample: JsonObject
}

/** What a comparison may ask beside the two states of the record. */
export interface DeriveContext {
  /** Names of the changed fields that no capability of the kind reads, in the order of `after`. */
  changedPlainFields: string[]
  /** The record was deleted before this write. */
  restored: boolean
  /** The stage's type; `open` where the stage is not known. */
  stageType(pipelineId: Json | undefined, stageId: Json | undefined): StageType
}

export interface DerivedEvent {
  action: string
  data: JsonObject
}

/** Something a kind can do. It reads its own fields and says what happened to them. */
export interface Capability {
  name: string
  title: Text
  /** The fields it reads; they are no plain fields of a kind that has it. */
  fields: Record<string, FieldDescription>
  events: Record<string, ActionDescription>
  /**
   * Compares the record before and after one write. `before` is null for a record that did not exist, `after` is null for
   * one that is deleted. Creation yields `created` only, so every capability but lifecycle answers [] where one is null.
   */
  derive(before: Fields | null, after: Fields | null, context: DeriveContext): DerivedEvent[]
  examples: {
    before: Fields | null
    after: Fields | null
    restored?: boolean
    /** Stage types by stage id, for the example's pipeline; all others are open. */
    stages?: Record<string, StageType>
    events: string[]
  }[]
}

export function defineCapability(capability: Capability): Capability {
  return capability
}
