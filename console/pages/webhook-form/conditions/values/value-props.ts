import type { ReactNode } from 'react'
import type { Operator } from '../../../../data/catalogue.ts'
import type { Json } from '../../../../data/json.ts'
import type { AskableField } from '../scene.ts'

/** What every editor of a value is given. */
export interface ValueProps {
  field: AskableField
  operator: Operator
  /** Undefined while nothing has been said. */
  value: Json | undefined
  onChange: (value: Json | undefined) => void
  /** What the control is called: "Price: value". */
  label: string
  error: string | null
  disabled: boolean
  /** Beside what is typed: whether capitals count. */
  capitals: ReactNode
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** The entries of a list as text. */
export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== '') : []
}

/** The list with these texts: what was a number in it stays one. */
export function listOf(texts: readonly string[], before: Json | undefined): Json[] {
  const old = Array.isArray(before) ? before : []
  return texts.map((text) => old.find((entry) => textOf(entry) === text) ?? text)
}

/** Where one goes on typing stays on the line of what is there. */
export const narrowField = { inputField: { minWidth: 40 } }
