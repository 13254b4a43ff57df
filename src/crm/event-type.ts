import { languages } from '../model/index.ts'
import type { Fields, FieldType, JsonObject, Text } from '../model/index.ts'
import type { Aliases } from './capability.ts'
import type { Kind } from './kind.ts'
import { builtInKinds } from './kinds/index.ts'

/** One kind of event, whole: `lead.stage_changed`. */
export interface EventTypeDescription {
  /** `<kind>.<action>` */
  type: string
  kind: string
  action: string
  /** "Lead: stage changed" */
  title: Text
  /** What happened, and when it is told; of a type that an account declared, its title. */
  description: Text
  data: Record<string, FieldType>
  /** A previous value can exist: transition operators are accepted. */
  transition: boolean
  activity: boolean
  aliases: Aliases
  /** What such an event can look like; `current`, `previous` and `data` fit together as in a real one. */
  sample: { current: Fields; previous: Fields; data: JsonObject }
}

/** The event types of a kind: what each of its capabilities brings, in their order. Works for declared kinds as well. */
export function eventTypesOf(kind: Kind): EventTypeDescription[] {
  return kind.capabilities.flatMap((capability) =>
    Object.entries(capability.events).map(([action, description]) => ({
      type: `${kind.name}.${action}`,
      kind: kind.name,
      action,
      title: joinTitles(kind.title, description.title),
      description: description.description,
      data: description.data,
      transition: description.transition,
      activity: description.activity ?? false,
      aliases: joinAliases(description.aliases, kind.aliases?.[action]),
      sample: {
        current: { ...kind.sample, ...description.sample.current },
        previous: { ...description.sample.previous },
        data: description.sample.data,
      },
    })),
  )
}

/** The event types of the built-in kinds. */
export const eventTypes: EventTypeDescription[] = builtInKinds.flatMap(eventTypesOf)

const byType = new Map(eventTypes.map((eventType) => [eventType.type, eventType]))

/** The built-in event type of this name, or undefined. */
export function findEventType(type: string): EventTypeDescription | undefined {
  return byType.get(type)
}

// A colon, because none of the four languages lets a noun and an event be joined without bending one of them.
function joinTitles(kind: Text, action: Text): Text {
  const joined = languages.map((language) => {
    const [first = '', ...rest] = action[language]
    return [language, `${kind[language]}: ${first.toLowerCase()}${rest.join('')}`]
  })
  return Object.fromEntries(joined) as Text
}

function joinAliases(...sources: (Aliases | undefined)[]): Aliases {
  const joined: Aliases = {}
  for (const source of sources) {
    for (const [system, names] of Object.entries(source ?? {})) {
      joined[system] = [...(joined[system] ?? []), ...names]
    }
  }
  return joined
}
