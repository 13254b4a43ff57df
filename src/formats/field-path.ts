import { compilePath } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'

/** Below these the names are fixed, so one that leads nowhere is a mistake. Fields of records need not be known yet. */
const fixedRoots = new Set(['event', 'record', 'actor', 'webhook', 'account'])
const probe = exampleEvent()
const probeContext = {
  webhook: { id: 'whk_01', name: '', description: '' },
  account: { id: 'acc_01', subdomain: '' },
}

/** null where a payload may name this path, else a sentence that says what to write. */
export function fieldPathProblem(path: string): string | null {
  const dot = path.indexOf('.')
  if (dot < 0) {
    const guess = /^\w+$/.test(path) ? `current.${path}` : 'current.price'
    return `"${path}" does not say where the value is found. Write for example "${guess}" or "record.id".`
  }
  if (dot === 0 || path.endsWith('.')) return `"${path}" has an empty part. Remove the dot.`
  if (fixedRoots.has(path.slice(0, dot)) && compilePath(path)(probe, probeContext) === undefined) {
    return `There is no "${path}". Write for example "event.type", "record.id" or "current.price".`
  }
  return null
}
