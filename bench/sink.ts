/**
 * The receiver: answers 204 at once and counts, but for one path, where it never answers. A process of its own, the same for
 * Hookline and for the bare client.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hangingPath } from './events.ts'
import { answerAsks, wallMs } from './process.ts'
import { percentiles, type Percentiles } from './percentiles.ts'

export type SinkAsk = { do: 'listen' } | { do: 'reset'; timed: boolean } | { do: 'report' } | { do: 'let-go' }

export interface SinkAnswers {
  /** Where it listens. */
  listen: string
  /** Forgets what it counted. `timed`: from now on it reads bodies, and takes the time that each was on its way. */
  reset: null
  report: SinkReport
  /** Breaks the connections of what hangs. */
  'let-go': null
}

export interface SinkReport {
  requests: number
  /** Different `webhook-id`s among them. */
  distinct: number
  /** When the last one arrived, wall clock in ms. */
  lastAt: number
  /** From the event's `received_at`, which the server takes before it writes, until it was here. */
  sinceReceived: Percentiles
  /** From the moment at which the loader ought to have sent it. */
  sinceDue: Percentiles
  /** Requests that wait for an answer in vain; they count nowhere else. */
  hanging: number
}

let requests = 0
let lastAt = 0
let timed = false
const ids = new Set<string>()
const hanging = new Set<ServerResponse>()
let sinceReceived: number[] = []
let sinceDue: number[] = []

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.url === hangingPath) return hang(request, response)
  requests++
  lastAt = wallMs()
  const id = request.headers['webhook-id']
  if (typeof id === 'string') ids.add(id)
  if (timed) read(request, lastAt)
  else request.resume()
  request.on('end', () => answer(response))
})

function hang(request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  hanging.add(response)
  response.on('close', () => hanging.delete(response))
}

function answer(response: ServerResponse): void {
  response.writeHead(204)
  response.end()
}

function read(request: IncomingMessage, arrivedAt: number): void {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => (text += chunk))
  request.on('end', () => {
    const { data: event } = JSON.parse(text) as { data: { received_at: string; data: { due_at: number } } }
    sinceReceived.push(arrivedAt - Date.parse(event.received_at))
    sinceDue.push(arrivedAt - event.data.due_at)
  })
}

answerAsks<SinkAsk>(async (ask) => {
  switch (ask.do) {
    case 'listen':
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    case 'reset':
      requests = lastAt = 0
      timed = ask.timed
      ids.clear()
      sinceReceived = []
      sinceDue = []
      return null
    case 'report':
      return {
        requests,
        distinct: ids.size,
        lastAt,
        sinceReceived: percentiles(sinceReceived),
        sinceDue: percentiles(sinceDue),
        hanging: hanging.size,
      } satisfies SinkReport
    case 'let-go':
      for (const response of hanging) response.destroy()
      return null
  }
})
