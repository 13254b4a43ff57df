/** The caller: sends changes to the server, as fast as it answers or at a fixed rate. A process of its own. */
import {
  eventBody,
  leadFields,
  receiverCount,
  receiverStage,
  recordCount,
  recordId,
  stageIds,
} from './events.ts'
import { openLine, type Line } from './line.ts'
import { answerAsks, wallMs } from './process.ts'

export type Load = 'events' | 'events-for-ten' | 'records' | 'events-for-healthy'

export type LoaderAsk =
  | { do: 'connect'; origin: string; headers: Record<string, string>; connections: number }
  | { do: 'write-leads' }
  /** Sends each body once, at most `atOnce` at a time. */
  | { do: 'post-all'; path: string; bodies: string[]; atOnce: number }
  /** Every connection sends its next request when the last one is answered. */
  | { do: 'saturate'; load: Load; ms: number }
  /** Sends at the moments of a fixed timetable, whether or not earlier requests are answered. */
  | { do: 'pace'; load: Load; perSecond: number; ms: number }

export interface Loaded {
  /** Answered 2xx. Anything else ends the benchmark. */
  accepted: number
  /** Of the first request, wall clock in ms. */
  startedAt: number
}

export interface LoaderAnswers {
  connect: null
  'write-leads': null
  'post-all': null
  saturate: Loaded
  pace: Loaded
}

let lines: Line[] = []
let head = ''
/** The stage in which each lead stands. */
const stageOf = new Uint8Array(recordCount)

function request(method: string, path: string, body: string): string {
  // All bodies are ASCII: one character is one byte.
  return `${method} ${path} HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`
}

const requestOf: Record<Load, (index: number, dueAt: number) => string> = {
  events: (index, dueAt) => request('POST', '/v1/events', eventBody('lead', index, dueAt)),
  'events-for-ten': (index, dueAt) => request('POST', '/v1/events', eventBody('opportunity', index, dueAt)),
  'events-for-healthy': (index, dueAt) =>
    request(
      'POST',
      '/v1/events',
      eventBody('lead', index, dueAt, receiverStage(1 + (index % (receiverCount - 1)))),
    ),
  records: (index) => {
    stageOf[index]! ^= 1
    return request(
      'PATCH',
      `/v1/records/lead/${recordId(index)}`,
      `{"stage_id":"${stageIds[stageOf[index]! as 0 | 1]}"}`,
    )
  },
}

async function send(line: Line, text: string): Promise<void> {
  const status = await line.send(text)
  if (status < 200 || status > 299) throw new Error(`The server answered ${status}.`)
}

/** Each connection has leads of its own, so that no two requests about one lead are under way at once. */
async function saturate(ms: number, requestFor: (typeof requestOf)[Load]): Promise<Loaded> {
  const startedAt = wallMs()
  const end = performance.now() + ms
  let accepted = 0
  await Promise.all(
    lines.map(async (line, first) => {
      for (let index = first; performance.now() < end; index += lines.length) {
        await send(line, requestFor(index % recordCount, wallMs()))
        accepted++
      }
    }),
  )
  return { accepted, startedAt }
}

async function writeLeads(): Promise<void> {
  stageOf.fill(0)
  await Promise.all(
    lines.map(async (line, first) => {
      for (let index = first; index < recordCount; index += lines.length) {
        const path = `/v1/records/lead/${recordId(index)}`
        await send(line, request('PUT', path, JSON.stringify(leadFields(index))))
      }
    }),
  )
}

async function postAll(path: string, bodies: string[], atOnce: number): Promise<void> {
  const left = bodies.values()
  await Promise.all(
    lines.slice(0, atOnce).map(async (line) => {
      for (const body of left) await send(line, request('POST', path, body))
    }),
  )
}

/** Each event carries the moment at which it was due: what waits here, for the clock or a connection, counts too. */
function pace(requestFor: (typeof requestOf)[Load], perSecond: number, ms: number): Promise<Loaded> {
  const startedAt = wallMs()
  const total = Math.round((perSecond * ms) / 1000)
  const free = [...lines]
  const waiting: string[] = []
  let sent = 0
  let accepted = 0
  return new Promise((resolve, reject) => {
    const run = async (line: Line, first: string) => {
      for (let text: string | undefined = first; text !== undefined; text = waiting.shift()) {
        await send(line, text)
        accepted++
      }
      free.push(line)
      if (accepted === total) resolve({ accepted, startedAt })
    }
    const tick = () => {
      const due = Math.min(total, Math.floor(((wallMs() - startedAt) * perSecond) / 1000) + 1)
      for (; sent < due; sent++) {
        const dueAt = startedAt + (sent * 1000) / perSecond
        const text = requestFor(sent % recordCount, dueAt)
        const line = free.pop()
        if (line) run(line, text).catch(reject)
        else waiting.push(text)
      }
      if (sent < total) setTimeout(tick, 1)
    }
    tick()
  })
}

answerAsks<LoaderAsk>(async (ask) => {
  switch (ask.do) {
    case 'connect': {
      for (const line of lines) line.close()
      const { host } = new URL(ask.origin)
      head = `Host: ${host}\r\n`
      for (const [name, value] of Object.entries(ask.headers)) head += `${name}: ${value}\r\n`
      lines = await Promise.all(Array.from({ length: ask.connections }, () => openLine(ask.origin)))
      return null
    }
    case 'write-leads':
      return writeLeads()
    case 'post-all':
      return postAll(ask.path, ask.bodies, ask.atOnce)
    case 'saturate':
      return saturate(ask.ms, requestOf[ask.load])
    case 'pace':
      return pace(requestOf[ask.load], ask.perSecond, ask.ms)
  }
})
