import { useState } from 'react'

/** What stands in a number field while somebody types: `12.` is on its way to 12.5, and must not be taken from them. */
export function readTyped(typed: number | string): number | null {
  if (typeof typed === 'number') return typed
  const text = typed.trim()
  if (text === '') return null
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}

/** For a NumberInput: shows what is typed as long as it means the amount, and the amount once that is another. */
export function useTypedNumber(amount: number | null, onChange: (amount: number | null) => void) {
  const [typed, setTyped] = useState<number | string>(amount ?? '')
  return {
    value: readTyped(typed) === amount ? typed : (amount ?? ''),
    onChange(next: number | string) {
      setTyped(next)
      const read = readTyped(next)
      if (read !== amount) onChange(read)
    },
  }
}
