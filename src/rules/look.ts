/** How a row finds its field in an event: the value now and, for fields of the record itself, the one before the write. */
import { compilePath, sameJson } from '../model/index.ts'
import type { CrmEvent, Fields, Json } from '../model/index.ts'

/** What is found of a field; see `Seen`. */
export interface Sight {
  current: Json | undefined
  changed: boolean
  previous: Json | undefined
}

/** Fills in what a row sees of an event. */
export type Look = (event: CrmEvent, sight: Sight) => void

const currentRoot = 'current.'

export function compileLook(path: string): Look {
  if (!path.startsWith(currentRoot)) {
    const read = compilePath(path)
    return (event, sight) => {
      sight.current = sight.previous = read(event)
      sight.changed = false
    }
  }
  const name = path.slice(currentRoot.length)
  return name.includes('.') ? compileDeepLook(name) : compileFieldLook(name)
}

/** A field by its name, which nearly all rows ask for: straight, without the general reader. */
function compileFieldLook(name: string): Look {
  return (event, sight) => {
    sight.current = Object.hasOwn(event.current, name) ? event.current[name] : undefined
    fillPrevious(sight, Object.hasOwn(event.previous, name), event.previous[name])
  }
}

/** `utm.source` is a field of that name, or a key within the field `utm`; `previous` knows changes by the field's name. */
function compileDeepLook(name: string): Look {
  const readCurrent = compilePath(`current.${name}`)
  const readPrevious = compilePath(`previous.${name}`)
  const field = name.slice(0, name.indexOf('.'))
  const touched = (current: Fields, previous: Fields) =>
    Object.hasOwn(previous, name) || (Object.hasOwn(previous, field) && !Object.hasOwn(current, name))
  return (event, sight) => {
    sight.current = readCurrent(event)
    fillPrevious(sight, touched(event.current, event.previous), readPrevious(event))
  }
}

/** Systems that send their own events name fields in `previous` that kept their value, too: those have not changed. */
function fillPrevious(sight: Sight, touched: boolean, previous: Json | undefined): void {
  sight.changed = touched && !sameJson(sight.current, previous)
  sight.previous = sight.changed ? previous : sight.current
}
