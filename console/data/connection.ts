/** Whether the server answers: told by every call and by the live stream, shown by the shell. */
import { useSyncExternalStore } from 'react'

let reachable = true
const listeners = new Set<() => void>()

/** What a call has just seen. */
export function tellReachable(now: boolean): void {
  if (now === reachable) return
  reachable = now
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable)
}

/** A proxy speaks for a server that is not there. */
export function isProxyError(status: number): boolean {
  return status === 502 || status === 504
}

const patienceMs = 5000

/** Asks the server for a sign of life. */
export async function checkReachable(): Promise<boolean> {
  const answer = await fetch('/healthz', {
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => null)
  const lives = answer !== null && !isProxyError(answer.status)
  tellReachable(lives)
  return lives
}
