/**
 * The least that a server of this kind can do: takes the same requests as Hookline, signs, and sends with undici. It has no
 * store, rules, tokens, retries or guard, and loses what it holds when it dies. What it reaches is the ceiling for all that
 * does more on one thread of Node.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'
import { deliveredBody } from './events.ts'
import { answerAsks } from './process.ts'

export type RelayAsk = { do: 'listen'; sinkUrl: string; connections: number }

export interface RelayAnswers {
  /** Where it listens. */
  listen: string
}

const secret = randomBytes(24)
const answerHeaders = { 'content-type': 'application/json' }
const envelope = JSON.parse(deliveredBody())

let pool: Pool
let sent = 0

/** Longer than the bare client runs between two loads: the caller keeps its connections. */
const keepAliveTimeout = 60_000

const server = createServer({ keepAliveTimeout }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => take(Buffer.concat(chunks).toString(), response))
})

function take(text: string, response: ServerResponse): void {
  const { type, record, current, previous, data } = JSON.parse(text)
  const body = JSON.stringify({
    ...envelope,
    type,
    data: { ...envelope.data, type, record, current, previous, data },
  })
  const each = record.kind === 'opportunity' ? 10 : 1
  for (let number = 0; number < each; number++) void deliver(body)
  response.writeHead(202, answerHeaders)
  response.end(JSON.stringify({ id: `evt_${sent}`, type, deliveries: each }))
}

async function deliver(body: string): Promise<void> {
  const id = `evt_${++sent}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  const answer = await pool.request({ method: 'POST', path: '/', headers, body })
  await answer.body.dump()
}

answerAsks<RelayAsk>(async ({ sinkUrl, connections }) => {
  pool = new Pool(sinkUrl, { connections, pipelining: 1 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
