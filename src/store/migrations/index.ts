import { foundation } from './0001-foundation.ts'
import { crmSide } from './0002-crm-side.ts'
import { lanes } from './0003-lanes.ts'
import { replays } from './0004-replays.ts'
import { retentionAudit } from './0005-retention-audit.ts'
import { members } from './0006-members.ts'
import { boards } from './0007-boards.ts'
import { shareLinks } from './0008-share-links.ts'
import { demo } from './0009-demo.ts'
import { recordChain } from './0010-record-chain.ts'
import { sentAgain } from './0011-sent-again.ts'
import { stats } from './0012-stats.ts'
import { eventsByType } from './0013-events-by-type.ts'
import type { Migration } from './migration.ts'

/** All steps of the schema, in their order. */
export const migrations: Migration[] = [
  foundation,
  crmSide,
  lanes,
  replays,
  retentionAudit,
  members,
  boards,
  shareLinks,
  demo,
  recordChain,
  sentAgain,
  stats,
  eventsByType,
]
export { postgresTypes, sqliteTypes, type ColumnTypes, type Migration } from './migration.ts'
