import type { Migration } from './migration.ts'

/**
 * Where records stand on boards: `standing.ts` says what the columns mean. Only records with a pipeline are in the index.
 * When they changed is not: a write that moves nothing then leaves the index alone, and sorting a stage of 12,000 records
 * takes 20 ms.
 */
export const boards: Migration = {
  name: '0007-boards',
  sql: ({ text, int, jsonText }) => {
    const field = (name: string) => jsonText('fields', name)
    return [
      `ALTER TABLE records ADD COLUMN pipeline_id ${text}`,
      `ALTER TABLE records ADD COLUMN stage_id ${text}`,
      `ALTER TABLE records ADD COLUMN active ${int} NOT NULL DEFAULT 0`,
      `UPDATE records SET
        pipeline_id = ${field('pipeline_id')},
        stage_id = ${field('stage_id')},
        active = CASE WHEN coalesce(${field('state')}, 'active') = 'active' THEN 1 ELSE 0 END
      WHERE state = 'present'`,
      `CREATE INDEX records_by_stage ON records (account_id, kind, pipeline_id, stage_id, id, active)
        WHERE pipeline_id IS NOT NULL`,
    ]
  },
}
