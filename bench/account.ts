/** Accounts of the server that is measured, and what stands in them. */
import { pipelineId, stageIds } from './events.ts'
import type { RunningServer } from './server.ts'

export interface Account {
  origin: string
  /** What every request carries: the token, and for an operator's the account that it acts for. */
  headers: Record<string, string>
  /** Rejects unless the answer is 2xx. */
  post(path: string, body?: object): Promise<{ id: string }>
  /** Rejects unless the answer is 2xx. */
  get(path: string): Promise<unknown>
}

/** With the slots for all that one process may have under way. */
export const allSlots = { slots: 512 }
/** It holds for every lead that the loader sends. */
export const conditions = {
  combinator: 'and',
  rules: [{ field: 'current.price', operator: '>', value: 10_000 }],
}

function accountOf(origin: string, who: Record<string, string>): Account {
  const headers = { ...who, 'Content-Type': 'application/json' }
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(origin + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  return {
    origin,
    headers,
    post: async (path, body = {}) => (await ask('POST', path, body)) as { id: string },
    get: (path) => ask('GET', path),
  }
}

/** The account that the server's first start made. */
export function firstAccount({ origin, token }: RunningServer): Account {
  return accountOf(origin, { Authorization: `Bearer ${token}` })
}

/** Makes an account for each name, by an operator's token that is made for it. */
export async function makeAccounts(server: RunningServer, names: readonly string[]): Promise<Account[]> {
  const printed = await server.command('token', '--name', 'bench')
  const token = /hl_\w+/.exec(printed)?.[0]
  if (token === undefined) throw new Error(`No operator token was printed:\n${printed}`)
  const operator = { Authorization: `Bearer ${token}` }
  const accounts: Account[] = []
  for (const name of names) {
    await accountOf(server.origin, operator).post('/v1/accounts', { external_id: name })
    accounts.push(accountOf(server.origin, { ...operator, 'Hookline-Account': name }))
  }
  return accounts
}

/** The pipeline with its stages, so that events name them. */
export async function makePipeline(
  account: Account,
  kind: string,
  ids: readonly string[] = stageIds,
): Promise<void> {
  const stages = ids.map((id) => ({ id, name: `Stage ${id}` }))
  await account.post('/v1/pipelines', { kind, id: pipelineId, name: 'Sales', stages })
}

/** One webhook for leads and ten for opportunities, each signed and with a condition. */
export async function setUpAccount(account: Account, sinkUrl: string): Promise<void> {
  for (const kind of ['lead', 'opportunity']) await makePipeline(account, kind)
  const webhook = (kind: string, number: number) =>
    account.post('/v1/webhooks', {
      name: `Stage changes: ${kind}, ${number}`,
      events: [`${kind}.stage_changed`],
      conditions,
      request: { url: `${sinkUrl}/${kind}/${number}` },
      delivery: allSlots,
    })
  await webhook('lead', 1)
  for (let number = 1; number <= 10; number++) await webhook('opportunity', number)
}
