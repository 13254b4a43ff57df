import { foundation } from './0001-foundation.ts'
import type { Migration } from './migration.ts'

/** All steps of the schema, in their order. */
export const migrations: Migration[] = [foundation]
export { postgresTypes, sqliteTypes, type Migration } from './migration.ts'
