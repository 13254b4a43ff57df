/** What Hookline is compared with: undici's Pool sending the same bodies to the same sink, and nothing else. */
import { Pool } from 'undici'
import { deliveredBody } from './events.ts'
import { answerAsks } from './process.ts'

export type BareAsk = { do: 'connect'; origin: string; connections: number } | { do: 'run'; ms: number }

export interface BareAnswers {
  connect: null
  run: { requests: number; elapsedMs: number }
}

let pool: Pool
let connections = 0
const body = deliveredBody()
const headers = { 'content-type': 'application/json' }

async function run(ms: number): Promise<BareAnswers['run']> {
  const startedAt = performance.now()
  const end = startedAt + ms
  let requests = 0
  const sendUntilEnd = async () => {
    while (performance.now() < end) {
      const answer = await pool.request({ method: 'POST', path: '/', headers, body })
      await answer.body.dump()
      requests++
    }
  }
  await Promise.all(Array.from({ length: connections }, sendUntilEnd))
  return { requests, elapsedMs: performance.now() - startedAt }
}

answerAsks<BareAsk>(async (ask) => {
  switch (ask.do) {
    case 'connect':
      connections = ask.connections
      pool = new Pool(ask.origin, { connections, pipelining: 1 })
      return null
    case 'run':
      return run(ask.ms)
  }
})
