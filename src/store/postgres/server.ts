import type { Session } from './connection.ts'

const oldestVersion = 14

/** Refuses, with a sentence for whoever runs the server, a database that Hookline cannot use. */
export async function checkServer(session: Session): Promise<void> {
  const { rows } = await session.askOnce<{ version: string; number: string; encoding: string }>(
    `SELECT version() AS version, current_setting('server_version_num') AS number,
      current_setting('server_encoding') AS encoding`,
  )
  const refusal = refuseServer(rows[0]!)
  if (refusal !== null) throw new Error(refusal)
}

/** null when the server will do. `number` is PostgreSQL's `server_version_num`: 140005 for 14.5. */
export function refuseServer(server: { version: string; number: string; encoding: string }): string | null {
  const major = Math.floor(Number(server.number) / 10_000)
  // Others speak the protocol and give a number, but lack advisory locks or SKIP LOCKED: their name stands in front.
  if (!server.version.startsWith('PostgreSQL ') || !Number.isInteger(major)) {
    return `DATABASE_URL does not lead to PostgreSQL but to "${server.version}". Hookline needs PostgreSQL ${oldestVersion} or newer.`
  }
  if (major < oldestVersion) {
    return `DATABASE_URL leads to PostgreSQL ${major}. Hookline needs PostgreSQL ${oldestVersion} or newer: upgrade it, or use another one.`
  }
  if (server.encoding !== 'UTF8') {
    return `The database at DATABASE_URL is encoded in ${server.encoding}. Hookline needs UTF8: make one with CREATE DATABASE hookline ENCODING 'UTF8' TEMPLATE template0.`
  }
  return null
}
