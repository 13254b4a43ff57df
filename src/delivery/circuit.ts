import { findRetryPolicy } from '../retry/index.ts'
import type { Webhook } from '../model/index.ts'
import type { Circuit } from '../store/store.ts'

/** So many failed attempts in a row open a lane's circuit. */
export const circuitFailures = 10
/** The first probe comes after this, each further one after twice the wait before. */
export const probeWaitMs = 30_000
export const probeWaitMsMax = 300_000

/**
 * Deliveries that are never tried again neither open a circuit nor wait for one: a probe would be their only try. Nor has
 * one whose own bound on failures disables it: it asked to be tried that often, as amoCRM's account webhooks are.
 */
export function hasCircuit({ delivery }: Pick<Webhook, 'delivery'>): boolean {
  if (delivery.disable_after_failures !== null) return false
  const { policy, ...options } = delivery.retry
  return (findRetryPolicy(policy)?.waitsS(options).length ?? 0) > 0
}

/**
 *  closed ──circuitFailures──▶ open ──probe due──▶ probing ──delivered──▶ closed
 *                                ▲                    │
 *                                └──waits longer──────┘
 *
 * The circuit after failures were recorded; the very same one where nothing changes. (A delivered attempt of any kind
 * closes it, which the store does by itself.) `probe`: what came of its probe, if that was among them; `unsent` where it
 * turned out that it may not be sent any more.
 */
export function nextCircuit(
  circuit: Circuit | null,
  { failuresInARow, probe }: { failuresInARow: number; probe: 'failed' | 'unsent' | null },
  now: number,
): Circuit | null {
  if (circuit === null) {
    if (failuresInARow < circuitFailures) return null
    return {
      opened_at: now,
      probe_at: now + probeWaitMs,
      probe_wait_ms: probeWaitMs,
      probe_delivery_id: null,
    }
  }
  if (probe === null) return circuit
  if (probe === 'unsent') return { ...circuit, probe_at: now, probe_delivery_id: null }
  const waitMs = Math.min(circuit.probe_wait_ms * 2, probeWaitMsMax)
  return { ...circuit, probe_at: now + waitMs, probe_wait_ms: waitMs, probe_delivery_id: null }
}
