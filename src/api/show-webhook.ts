import { Type } from 'typebox'
import { webhookWarnings } from '../actions/webhook-warnings.ts'
import { maskSecrets, type Webhook } from '../model/index.ts'
import type { WebhookHealth } from '../store/store.ts'
import { anyJson, nullableText, nullableTime, time } from './schemas.ts'
import { iso, isoOrNull } from './times.ts'

/** A webhook as it is answered: without secrets, with how it has been doing. `notes` are said beside its own warnings. */
export function showWebhook(webhook: Webhook, health: WebhookHealth | undefined, notes: Warning[] = []) {
  const {
    account_id: _account,
    signing_secrets: _secrets,
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
    },
    warnings: [...notes, ...webhookWarnings(webhook)],
    created_at: iso(created_at),
    updated_at: iso(updated_at),
  }
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
