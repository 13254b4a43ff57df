import { sql, type Kysely } from 'kysely'
import type { AccountSchema, Pipeline, Stage } from '../../model/index.ts'
import {
  eventTypeFromRow,
  eventTypeToRow,
  fieldFromRow,
  fieldToRow,
  kindFromRow,
  kindToRow,
  userFromRow,
} from '../rows.ts'
import type { Schema } from '../schema.ts'
import type { DiscoveredNames, SchemaReads, SchemaWrites } from '../store.ts'
import { chunks } from './chunks.ts'

export function schemaReads(db: Kysely<Schema>): SchemaReads {
  return {
    async get(accountId) {
      const kinds = await db
        .selectFrom('kinds')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('name')
        .execute()
      const eventTypes = await db
        .selectFrom('event_types')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('type')
        .execute()
      const fields = await db
        .selectFrom('fields')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('kind')
        .orderBy('name')
        .execute()
      const users = await db
        .selectFrom('users')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('id')
        .execute()
      return {
        kinds: kinds.map(kindFromRow),
        event_types: eventTypes.map(eventTypeFromRow),
        fields: fields.map(fieldFromRow),
        pipelines: await readPipelines(db, accountId),
        users: users.map(userFromRow),
      }
    },
  }
}

async function readPipelines(db: Kysely<Schema>, accountId: string): Promise<Pipeline[]> {
  const pipelines = await db
    .selectFrom('pipelines')
    .select(['kind', 'id', 'name', 'origin'])
    .where('account_id', '=', accountId)
    .orderBy('kind')
    .orderBy('position')
    .orderBy('id')
    .execute()
  const stages = await db
    .selectFrom('stages')
    .select(['kind', 'pipeline_id', 'id', 'name', 'type', 'color', 'origin'])
    .where('account_id', '=', accountId)
    .orderBy('kind')
    .orderBy('pipeline_id')
    .orderBy('position')
    .execute()
  const stagesOf = Map.groupBy(stages, (stage) => JSON.stringify([stage.kind, stage.pipeline_id]))
  return pipelines.map((pipeline) => ({
    ...pipeline,
    origin: pipeline.origin as Pipeline['origin'],
    stages: (stagesOf.get(JSON.stringify([pipeline.kind, pipeline.id])) ?? []).map(
      ({ id, name, type, color, origin }) => ({
        id,
        name,
        type: type as Stage['type'],
        color,
        origin: origin as Stage['origin'],
      }),
    ),
  }))
}

export function schemaWrites(db: Kysely<Schema>): SchemaWrites {
  const raiseVersion = async (accountId: string) => {
    await db
      .updateTable('accounts')
      .set({ schema_version: sql`schema_version + 1` })
      .where('id', '=', accountId)
      .execute()
  }
  const remove = async (
    accountId: string,
    table: 'kinds' | 'event_types' | 'fields' | 'pipelines' | 'users',
    key: Record<string, string>,
  ) => {
    let query = db.deleteFrom(table).where('account_id', '=', accountId)
    for (const [column, value] of Object.entries(key)) query = query.where(sql.ref(column), '=', value)
    const { numDeletedRows } = await query.executeTakeFirst()
    if (numDeletedRows === 0n) return false
    await raiseVersion(accountId)
    return true
  }
  const writes: SchemaWrites = {
    ...schemaReads(db),
    async discover(accountId, found) {
      // Takes the account's row: what is read after it stays true until the transaction ends.
      await raiseVersion(accountId)
      const { fields, pipelines, users } = stillUnknown(found, await schemaReads(db).get(accountId))
      await writes.putFields(accountId, fields)
      for (const pipeline of pipelines) await writes.putPipeline(accountId, pipeline)
      await writes.putUsers(accountId, users)
    },
    async putPipeline(accountId, pipeline) {
      const { kind, id, name, origin, stages } = pipeline
      // First, because it takes the account's row: two writers of one pipeline come one after the other.
      await raiseVersion(accountId)
      const { next } = await db
        .selectFrom('pipelines')
        .select(sql<number>`coalesce(max(position), -1) + 1`.as('next'))
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow()
      await db
        .insertInto('pipelines')
        .values({ account_id: accountId, kind, id, name, position: next, origin })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'kind', 'id']).doUpdateSet({ name, origin }),
        )
        .execute()
      await db
        .deleteFrom('stages')
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .where('pipeline_id', '=', id)
        .execute()
      const rows = stages.map((stage, position) => ({
        ...stage,
        account_id: accountId,
        kind,
        pipeline_id: id,
        position,
      }))
      for (const some of chunks(rows)) await db.insertInto('stages').values(some).execute()
    },
    deletePipeline: (accountId, kind, pipelineId) => remove(accountId, 'pipelines', { kind, id: pipelineId }),
    async putFields(accountId, fields) {
      if (fields.length === 0) return
      await raiseVersion(accountId)
      // A statement may name a row once: of two fields with one name the last one counts.
      const byName = new Map(fields.map((field) => [JSON.stringify([field.kind, field.name]), field]))
      for (const some of chunks([...byName.values()])) {
        await db
          .insertInto('fields')
          .values(some.map((field) => fieldToRow(accountId, field)))
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'kind', 'name']).doUpdateSet((eb) => ({
              title: eb.ref('excluded.title'),
              type: eb.ref('excluded.type'),
              choices: eb.ref('excluded.choices'),
              links: eb.ref('excluded.links'),
              origin: eb.ref('excluded.origin'),
            })),
          )
          .execute()
      }
    },
    deleteField: (accountId, kind, name) => remove(accountId, 'fields', { kind, name }),
    async putUsers(accountId, users) {
      if (users.length === 0) return
      await raiseVersion(accountId)
      const byId = new Map(users.map((user) => [user.id, user]))
      for (const some of chunks([...byId.values()])) {
        await db
          .insertInto('users')
          .values(some.map((user) => ({ ...user, account_id: accountId })))
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'id']).doUpdateSet((eb) => ({
              name: eb.ref('excluded.name'),
              email: eb.ref('excluded.email'),
              origin: eb.ref('excluded.origin'),
            })),
          )
          .execute()
      }
    },
    deleteUser: (accountId, userId) => remove(accountId, 'users', { id: userId }),
    async putKind(accountId, kind) {
      await raiseVersion(accountId)
      const row = kindToRow(accountId, kind)
      await db
        .insertInto('kinds')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'name']).doUpdateSet({ description: row.description }),
        )
        .execute()
    },
    deleteKind: (accountId, name) => remove(accountId, 'kinds', { name }),
    async putEventType(accountId, eventType) {
      await raiseVersion(accountId)
      const row = eventTypeToRow(accountId, eventType)
      await db
        .insertInto('event_types')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'type']).doUpdateSet({ description: row.description }),
        )
        .execute()
    },
    deleteEventType: (accountId, type) => remove(accountId, 'event_types', { type }),
  }
  return writes
}

/** What of the found names is not there, and what of them changes what is there: a wider type, further stages. */
function stillUnknown(found: DiscoveredNames, known: AccountSchema): DiscoveredNames {
  const fieldOf = new Map(known.fields.map((field) => [JSON.stringify([field.kind, field.name]), field]))
  const pipelineOf = new Map(
    known.pipelines.map((pipeline) => [JSON.stringify([pipeline.kind, pipeline.id]), pipeline]),
  )
  const userIds = new Set(known.users.map(({ id }) => id))
  return {
    fields: found.fields.filter((field) => {
      const there = fieldOf.get(JSON.stringify([field.kind, field.name]))
      return (
        !there ||
        (there.origin === 'discovered' && (there.type !== field.type || there.title !== field.title))
      )
    }),
    pipelines: found.pipelines.flatMap((pipeline) => {
      const there = pipelineOf.get(JSON.stringify([pipeline.kind, pipeline.id]))
      if (!there) return [pipeline]
      const stageIds = new Set(there.stages.map(({ id }) => id))
      const further = pipeline.stages.filter(({ id }) => !stageIds.has(id))
      return further.length > 0 ? [{ ...there, stages: [...there.stages, ...further] }] : []
    }),
    users: found.users.filter(({ id }) => !userIds.has(id)),
  }
}
