import { foundation } from './0001-foundation.ts'
import { crmSide } from './0002-crm-side.ts'
import { retentionAudit } from './0005-retention-audit.ts'
import type { Migration } from './migration.ts'

/** All steps of the schema, in their order. */
export const migrations: Migration[] = [foundation, crmSide, retentionAudit]
export { postgresTypes, sqliteTypes, type Migration } from './migration.ts'
