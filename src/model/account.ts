import type { Language } from './text.ts'

/** Of an account that says nothing else. */
export const retentionDaysDefault = 90

/** A workspace; everything else belongs to exactly one. */
export interface Account {
  id: string
  /** The operator's own id for it. */
  external_id: string | null
  name: string
  subdomain: string
  time_zone: string
  language: Language
  /** Refuse unknown fields, pipelines, stages and users instead of discovering them. */
  strict: boolean
  /** How long events, deliveries and what else tells of the past are kept, in days. */
  retention_days: number
  /** Goes up with every change of a webhook; events remember it, so that decisions can be explained later. */
  config_version: number
  /** Goes up with every change of kinds, fields, pipelines, stages or users. */
  schema_version: number
  created_at: number
}

/** Each kind may do all that the ones after it in `tokenKinds[kind]` may. */
export type TokenKind = 'operator' | 'admin' | 'manage' | 'read' | 'ingest'

export const tokenGrants: Record<TokenKind, readonly TokenKind[]> = {
  operator: ['operator', 'admin', 'manage', 'read', 'ingest'],
  admin: ['admin', 'manage', 'read', 'ingest'],
  manage: ['manage', 'read', 'ingest'],
  read: ['read'],
  ingest: ['ingest'],
}

/** A token as it is kept: never itself, only its SHA-256. */
export interface Token {
  id: string
  /** null for an operator's: it acts for any account. */
  account_id: string | null
  kind: TokenKind
  name: string
  created_at: number
}
