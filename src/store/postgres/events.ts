import { eventToRow, type Row } from '../rows.ts'
import type { EventWrites } from '../store.ts'
import { startTally } from '../tally.ts'
import { columnArrays, names, unnest, type Columns } from './arrays.ts'
import type { Session, Statement } from './connection.ts'
import { countedAlong, journalArrays, journalParameters } from './stats.ts'

interface ExternalId {
  account_id: string
  external_id: string
}

const externalColumns: Columns<ExternalId> = { account_id: 'text', external_id: 'text' }

const eventColumns: Columns<Row<'events'>> = {
  account_id: 'text',
  id: 'text',
  type: 'text',
  record_kind: 'text',
  record_id: 'text',
  sequence: 'bigint',
  external_id: 'text',
  config_version: 'bigint',
  received_at: 'bigint',
  event: 'text',
  decisions: 'text',
  previous_id: 'text',
}

const findExternal: Statement = {
  name: 'events_find_external',
  text: `SELECT DISTINCT e.account_id, e.external_id, e.id, e.type
    FROM ${unnest(externalColumns, 'wanted')}
    JOIN events e ON e.account_id = wanted.account_id AND e.external_id = wanted.external_id`,
}

const insert: Statement = {
  name: 'events_insert',
  text: `WITH ${countedAlong(1)}
    INSERT INTO events (${names(eventColumns)})
    SELECT ${names(eventColumns)} FROM ${unnest(eventColumns, 'made', 1 + journalParameters)}`,
}

export function eventWrites(session: Session): Pick<EventWrites, 'findExternal' | 'insert'> {
  return {
    async findExternal(ids) {
      if (ids.length === 0) return []
      const { rows } = await session.ask<ExternalId & { id: string; type: string }>(
        findExternal,
        columnArrays(externalColumns, ids),
      )
      return rows
    },
    async insert(events) {
      if (events.length === 0) return
      const tally = startTally()
      for (const { event } of events) tally.add(event.account_id, '', event.id, 'events')
      const rows = columnArrays(eventColumns, events.map(eventToRow))
      await session.ask(insert, [...journalArrays(tally), ...rows])
    },
  }
}
