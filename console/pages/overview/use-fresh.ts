import { useEffect, useEffectEvent, useRef } from 'react'
import { useLive } from '../../data/live.ts'

/** Figures follow what happens, but not with every single thing. */
const gatherMs = 2000
/** Without anything happening, time goes on. */
const idleMs = 60_000

/** Calls `refresh` soon after something happened, at most every two seconds, and once a minute anyway. */
export function useFresh(refresh: () => void): void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const now = useEffectEvent(refresh)
  const soon = () => {
    waiting.current ??= setTimeout(() => {
      waiting.current = undefined
      refresh()
    }, gatherMs)
  }
  useLive({ event: soon, attempt: soon, missed: soon })
  useEffect(() => {
    const timer = setInterval(() => now(), idleMs)
    return () => {
      clearInterval(timer)
      clearTimeout(waiting.current)
      waiting.current = undefined
    }
  }, [])
}
