import { foundation } from './0001-foundation.ts'
import { crmSide } from './0002-crm-side.ts'
import { lanes } from './0003-lanes.ts'
import { replays } from './0004-replays.ts'
import { retentionAudit } from './0005-retention-audit.ts'
import { recordChain } from './0010-record-chain.ts'
import type { Migration } from './migration.ts'

/** All steps of the schema, in their order. */
export const migrations: Migration[] = [foundation, crmSide, lanes, replays, retentionAudit, recordChain]
export { postgresTypes, sqliteTypes, type Migration } from './migration.ts'
