import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { settings } from '../config.ts'
import type { Command } from './command.ts'

export const send: Command = {
  name: 'send',
  about:
    'Sends an event to a running server: the sample of its type, or the JSON of a file (- for standard input).',
  usage: 'send <event type> [--file event.json] [--url http://127.0.0.1:8420] [--token hl_…]',
  async run(args, { out, error, environment }) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { file: { type: 'string' }, url: { type: 'string' }, token: { type: 'string' } },
    })
    const host = settings.host.read(environment.HOOKLINE_HOST)
    const port = settings.port.read(environment.HOOKLINE_PORT)
    const url = (values.url ?? environment.HOOKLINE_PUBLIC_URL ?? `http://${host}:${port}`).replace(/\/$/, '')
    const token = values.token ?? environment.HOOKLINE_TOKEN ?? environment.HOOKLINE_ADMIN_TOKEN
    if (!token) throw new Error('A token is missing: give --token, or set HOOKLINE_TOKEN.')
    const call = makeCall(url, token)

    const event = values.file ? await readEvent(values.file) : {}
    const type = positionals[0] ?? event.type
    if (typeof type !== 'string')
      throw new Error('Which event? For example: hookline send lead.stage_changed')
    const body = values.file ? { ...event, type } : await sampleOf(type, call)

    const { status, text } = await call('/v1/events', body)
    if (status >= 300) {
      error(`${url} answered ${status}: ${text}`)
      return 1
    }
    out(text)
    return 0
  },
}

type Call = (path: string, body?: unknown) => Promise<{ status: number; text: string }>

function makeCall(url: string, token: string): Call {
  return async (path, body) => {
    let response
    try {
      response = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch {
      throw new Error(`No server answers at ${url}. Start it with: hookline serve`)
    }
    return { status: response.status, text: await response.text() }
  }
}

async function readEvent(path: string): Promise<Record<string, unknown>> {
  const text = path === '-' ? await readStandardInput() : await readFile(path, 'utf8')
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    throw new Error(`${path} does not hold JSON.`)
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new Error(`${path} does not hold a JSON object.`)
  return event as Record<string, unknown>
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function sampleOf(type: string, call: Call): Promise<unknown> {
  const { status, text } = await call('/v1/catalogue')
  if (status !== 200) throw new Error(`The catalogue could not be read: ${status} ${text}`)
  const { events } = JSON.parse(text) as {
    events: { type: string; kind: string; sample: Record<string, unknown> }[]
  }
  const known = events.find((event) => event.type === type)
  if (!known) throw new Error(`There is no event type "${type}". GET /v1/catalogue lists them.`)
  return { type, record: { kind: known.kind, id: 'sample' }, ...known.sample }
}
