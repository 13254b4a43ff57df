import { describe, expect, test } from 'vitest'
import { circuitFailures, hasCircuit, nextCircuit, probeWaitMs, probeWaitMsMax } from './circuit.ts'
import type { Webhook } from '../model/index.ts'

const failed = (failuresInARow: number) => ({ failuresInARow, probe: null })
const probed = (probe: 'failed' | 'unsent') => ({ failuresInARow: circuitFailures + 1, probe })

describe('the circuit', () => {
  test('opens after so many failures in a row, not before', () => {
    expect(nextCircuit(null, failed(circuitFailures - 1), 1000)).toBeNull()
    expect(nextCircuit(null, failed(circuitFailures), 1000)).toEqual({
      opened_at: 1000,
      probe_at: 1000 + probeWaitMs,
      probe_wait_ms: probeWaitMs,
      probe_delivery_id: null,
    })
  })

  test('is not touched by failures of what was under way when it opened', () => {
    const open = nextCircuit(null, failed(circuitFailures), 0)
    expect(nextCircuit(open, failed(circuitFailures + 5), 9000)).toBe(open)
  })

  test('waits twice as long after each failed probe, up to a bound', () => {
    let open = nextCircuit(null, failed(circuitFailures), 0)!
    const waits: number[] = [open.probe_wait_ms]
    for (let n = 0; n < 6; n++) {
      const now = open.probe_at
      open = nextCircuit(
        { ...open, probe_at: now + 15_000, probe_delivery_id: 'dlv_1' },
        probed('failed'),
        now,
      )!
      expect(open).toMatchObject({
        opened_at: 0,
        probe_at: now + open.probe_wait_ms,
        probe_delivery_id: null,
      })
      waits.push(open.probe_wait_ms)
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, probeWaitMsMax, probeWaitMsMax, probeWaitMsMax])
  })

  test('asks for another probe at once where the first was not sent', () => {
    const open = { opened_at: 0, probe_at: 45_000, probe_wait_ms: 30_000, probe_delivery_id: 'dlv_1' }
    expect(nextCircuit(open, probed('unsent'), 30_001)).toEqual({
      ...open,
      probe_at: 30_001,
      probe_delivery_id: null,
    })
  })

  test('is not for webhooks that never try again, nor for those with a bound of their own', () => {
    const withRetry = (retry: Webhook['delivery']['retry'], disable_after_failures: number | null = null) =>
      ({ delivery: { retry, disable_after_failures } }) as Webhook
    expect(hasCircuit(withRetry({ policy: 'once' }))).toBe(false)
    expect(hasCircuit(withRetry({ policy: 'schedule', waits_s: [5] }))).toBe(true)
    expect(hasCircuit(withRetry({ policy: 'schedule', waits_s: [5] }, 100))).toBe(false)
  })
})
