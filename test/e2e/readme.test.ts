/** The README's quick start, run as it is printed, from a fresh database. Only the port differs: any that is free. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const marker = '--- end of a block ---'

let dataDir: string
let server: ChildProcess
let terminal: ChildProcess

function quickStartBlocks(readme: string): string[] {
  const start = readme.indexOf('\n## Quick start\n')
  const section = readme.slice(start, readme.indexOf('\n## ', start + 1))
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1]!)
}

/** Reads until the pattern stands in what was printed; throws with all of it when the process ends before. */
function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let printed = ''
  const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>()
  const read = (chunk: Buffer) => {
    printed += chunk.toString()
    const match = pattern.exec(printed)
    if (match) resolve(match)
  }
  const ended = () => reject(new Error(`It ended and had printed:\n${printed}`))
  child.stdout!.on('data', read)
  child.stderr!.on('data', read)
  child.once('close', ended)
  return promise.finally(() => {
    child.stdout!.off('data', read)
    child.stderr!.off('data', read)
    child.off('close', ended)
  })
}

/** Runs a block in the second terminal, where the variables of the blocks before it are set; answers its output. */
async function run(block: string): Promise<string> {
  const printed = untilPrinted(terminal, new RegExp(`^${marker}\n`, 'm'))
  terminal.stdin!.write(`${block}\necho '${marker}'\n`)
  const match = await printed
  return match.input.slice(0, match.index)
}

/** Ends the process and all that it started. */
async function end(child: ChildProcess | undefined): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  process.kill(-child.pid, 'SIGTERM')
  await closed
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hookline-readme-'))
})

afterAll(async () => {
  await end(terminal)
  await end(server)
  await rm(dataDir, { recursive: true, force: true })
})

test('the quick start does what it says', async () => {
  const blocks = quickStartBlocks(await readFile(join(repository, 'README.md'), 'utf8'))
  expect(blocks).toHaveLength(7)
  const [start, shortcuts, makeInspector, makeWebhooks, moveLead, seeRequests, askWhy] = blocks

  const clean = Object.entries(process.env).filter(([name]) => !/^(HOOKLINE|DATABASE)_/.test(name))
  const surroundings = { cwd: repository, detached: true, stdio: 'pipe' } as const
  server = spawn('bash', ['-c', start!], {
    ...surroundings,
    env: { ...Object.fromEntries(clean), HOOKLINE_PORT: '0', HOOKLINE_DATA_DIR: dataDir },
  })
  const [, port] = await untilPrinted(server, /http:\/\/127\.0\.0\.1:(\d+)/)
  expect(shortcuts).toContain(':8420/')

  terminal = spawn('bash', ['-euo', 'pipefail', '-s'], surroundings)
  await run(shortcuts!.replace(':8420/', `:${port}/`))

  const inspector = await run(makeInspector!)
  expect(inspector).toMatch(new RegExp(`^ins_[0-9a-z]{26} is at http://127\\.0\\.0\\.1:${port}/i/\\S+\n$`))

  const webhooks = (await run(makeWebhooks!))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(webhooks).toMatchObject([
    { name: 'Deals above 10,000', status: 'active' },
    { name: 'Deals above 50,000', status: 'active' },
  ])

  const [created, moved] = (await run(moveLead!))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(created).toMatchObject({
    record: { kind: 'lead', id: '4831596', fields: { price: 12000 } },
    events: [{ type: 'lead.created' }],
  })
  expect(moved).toMatchObject({
    record: { fields: { pipeline_id: '752662', stage_id: '16203337' } },
    events: [{ type: 'lead.stage_changed' }],
  })

  const api = `http://127.0.0.1:${port}/v1`
  const token = /HOOKLINE_ADMIN_TOKEN=(hl_\w+)/.exec(start!)![1]
  const read = async (path: string) => {
    const answer = await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } })
    return (await answer.json()) as Record<string, any> // oxlint-disable-line typescript/no-explicit-any
  }
  // The page waits a second for the delivery, which a busy machine may need longer for.
  await expect
    .poll(async () => (await read('/deliveries?state=delivered'))['items'], { timeout: 30_000 })
    .toHaveLength(1)

  const requests = JSON.parse(await run(seeRequests!))
  expect(requests.items).toHaveLength(1)
  const [{ method, headers, body }] = requests.items
  expect(method).toBe('POST')
  const { secret } = await read(`/webhooks/${webhooks[0].id}/signing-secret`)
  const sent = new Webhook(secret).verify(body, Object.fromEntries(headers)) as Record<string, unknown>
  expect(sent).toMatchObject({
    type: 'lead.stage_changed',
    data: { record: { kind: 'lead', id: '4831596' }, previous: { stage_id: '16203334' } },
  })

  const decisions = JSON.parse(await run(askWhy!)).items
  expect(decisions).toHaveLength(2)
  expect(decisions).toContainEqual(
    expect.objectContaining({ webhook_name: 'Deals above 10,000', verdict: 'fired', reason: 'fired' }),
  )
  expect(decisions).toContainEqual(
    expect.objectContaining({
      webhook_name: 'Deals above 50,000',
      verdict: 'skipped',
      reason: 'condition',
      failed: [{ path: 'rules[0]', field: 'current.price', operator: '>', expected: 50000, seen: 12000 }],
      delivery_id: null,
    }),
  )
})
