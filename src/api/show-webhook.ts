import { Type } from 'typebox'
import { webhookWarnings } from '../actions/webhooks/warnings.ts'
import { maskSecrets, type Webhook } from '../model/index.ts'
import type { Circuit, WebhookHealth } from '../store/store.ts'
import { anyJson, nullableText, nullableTime, time } from './schemas.ts'
import { iso, isoOrNull } from './times.ts'

/** A webhook as it is answered: without secrets, with how it has been doing. `notes` are said beside its own warnings. */
export function showWebhook(webhook: Webhook, health: WebhookHealth | undefined, notes: Warning[] = []) {
  const {
    account_id: _account,
    signing_secrets: _secrets,
    pauses: _pauses,
    created_at,
    updated_at,
    ...shown
  } = maskSecrets(webhook)
  const { id, version, status, status_reason, ...settings } = shown
  return {
    id,
    version,
    status,
    status_reason,
    ...settings,
    last_delivery: health?.last_delivery
      ? { ...health.last_delivery, at: iso(health.last_delivery.at) }
      : null,
    health: {
      failures_in_a_row: health?.failures_in_a_row ?? 0,
      failing_since: isoOrNull(health?.failing_since ?? null),
      blocked_until: isoOrNull(health?.blocked_until ?? null),
      ...showCircuit(health?.circuit ?? null),
    },
    warnings: [...notes, ...webhookWarnings(webhook)],
    created_at: iso(created_at),
    updated_at: iso(updated_at),
  }
}

function showCircuit(circuit: Circuit | null) {
  if (circuit === null) return { circuit: 'closed', next_probe_at: null }
  if (circuit.probe_delivery_id !== null) return { circuit: 'probing', next_probe_at: null }
  return { circuit: 'open', next_probe_at: iso(circuit.probe_at) }
}

export interface Warning {
  path: string
  code: string
  message: string
}

const settingsShape = {
  name: Type.String(),
  description: Type.String(),
  events: Type.Array(Type.String()),
  scope: Type.Array(Type.Unsafe({ type: 'object' })),
  entering: Type.String(),
  conditions: Type.Unsafe({ type: 'object' }),
  fire: Type.String(),
  limits: Type.Unsafe({ type: 'object' }),
  delay_s: Type.Integer(),
  active_hours: Type.Unsafe({ type: ['object', 'null'] }),
  request: Type.Unsafe({ type: 'object', description: 'Secrets are shown as ••••••••.' }),
  delivery: Type.Unsafe({ type: 'object' }),
}

export const settingsAnswer = Type.Object(settingsShape)

export const healthShape = Type.Object({
  failures_in_a_row: Type.Integer(),
  failing_since: nullableTime,
  blocked_until: nullableText({ description: 'The receiver asked to wait until then.' }),
  circuit: Type.String({
    description:
      '`closed`; `open` after repeated failures: only single probes are sent; `probing` while one is under way.',
  }),
  next_probe_at: nullableText({ description: 'When the next probe may go out, while the circuit is open.' }),
})

export const webhookShape = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: 'Goes up with every change.' }),
  status: Type.String({ description: '`active`, `paused` or `disabled`.' }),
  status_reason: nullableText({ description: 'Why it is disabled.' }),
  ...settingsShape,
  last_delivery: Type.Unsafe({
    type: ['object', 'null'],
    properties: {
      id: { type: 'string' },
      at: { type: 'string' },
      state: { type: 'string' },
      status_code: anyJson,
    },
  }),
  health: healthShape,
  warnings: Type.Array(Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() })),
  created_at: time,
  updated_at: time,
})
