import { type Context, type Emitter, toValue } from 'liquidjs'

/**
 * What rendering one template may cost, in characters and values touched. A render that needs more is an error, and the same
 * one on every machine, unlike a limit in milliseconds. 16 Mi are a fraction of a second, and room enough to send the
 * largest event through a few filters.
 */
export const costMax = 16 * 1024 * 1024

/** A step (one tag, one output, one turn of a loop) costs this much even where it touches nothing. */
const stepCost = 32

/** Charges a step that runs `sourceLength` characters of the template. */
export function chargeStep(context: Context, sourceLength: number): void {
  context.memoryLimit.use(stepCost + sourceLength)
}

/**
 * Charges every value that work on this one may touch. Lists may hold the same thing many times over, so that a short
 * template builds what would take hours to walk: the walk ends where the budget does.
 */
export function chargeWeight(context: Context, value: unknown): void {
  const { memoryLimit } = context
  if (typeof value === 'string') return memoryLimit.use(value.length)
  memoryLimit.use(1)
  if (Array.isArray(value)) {
    for (const item of value) chargeWeight(context, item)
  } else if (isPlain(value)) {
    for (const [key, item] of Object.entries(value)) {
      memoryLimit.use(key.length)
      chargeWeight(context, item)
    }
  }
}

/** Liquid compares lists item by item, several times as slowly as it does anything else. */
export function chargeComparison(context: Context, operand: unknown): void {
  chargeWeight(context, operand)
  if (Array.isArray(operand)) context.memoryLimit.use(operand.length * 4)
}

/** Collects output of at most the budget. An object is written as JSON, as it is in parameters and URLs. */
export function boundedEmitter(context: Context): Emitter {
  return {
    buffer: '',
    write(written: unknown) {
      const value = toValue(written)
      chargeWeight(context, value)
      this.buffer += outputText(value)
    },
  }
}

function outputText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(outputText).join('')
  if (typeof value === 'object') return isPlain(value) ? JSON.stringify(value) : ''
  return String(value)
}

/** Data, not one of Liquid's own objects such as `forloop`. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
