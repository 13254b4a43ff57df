import type {
  Fields,
  FieldDescription,
  FieldType,
  Json,
  JsonObject,
  StageType,
  Text,
} from '../model/index.ts'

/** Names that other systems use for an event, per system: `{ amocrm: ['status_lead'] }`. */
export type Aliases = Record<string, string[]>

/** What an event can look like: its data, and the fields that such an event shows now and before. */
export interface ActionSample {
  data: JsonObject
  /** Fields as they stand after the write, where the kind's own sample does not say it. */
  current?: Fields
  /** What the write changed, with the old values. */
  previous?: Fields
}

/** An event type without its kind. `data` names what the event says beyond the record, and how each value is typed. */
export interface ActionDescription {
  title: Text
  /** What happened, and when it is told where that is not plain: one or two short sentences. */
  description: Text
  data: Record<string, FieldType>
  /** True where a previous value can exist: transition operators (changed, changedTo…) are accepted only there. */
  transition: boolean
  /** True for what happens around a record without changing its fields. */
  activity?: boolean
  /** The names other systems use for it whatever the kind; those of one kind stand with the kind. */
  aliases?: Aliases
  sample: ActionSample
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
  /**
   * Fields that only explain the change of another one: `{ state_reason: 'state' }`. Changed without the one that they
   * explain they count as plain: the new reason of an old state is an update.
   */
  explains?: Record<string, string>
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
    /** What each of the events says, where the example is about that. */
    data?: JsonObject[]
  }[]
}

export function defineCapability(capability: Capability): Capability {
  return capability
}
