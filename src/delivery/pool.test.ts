import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAfterAnswer, resetBeforeAnswer } from '../../test/support/behaviours.ts'
import { openReceiver, type Receiver } from '../../test/support/receiver.ts'
import type { Answer } from './answer.ts'
import { connectSocket, resolveName } from './connect.ts'
import { Exchange } from './exchange.ts'
import { makeGuard, parseEgressAllow } from './guard.ts'
import { OriginPool } from './pool.ts'

const guard = makeGuard({ allow: parseEgressAllow(''), loopback: true })

let receiver: Receiver
let pool: OriginPool
let empty: Promise<void>

beforeEach(async () => {
  receiver = await openReceiver()
  const emptied = Promise.withResolvers<void>()
  empty = emptied.promise
  pool = new OriginPool({
    origin: receiver.url,
    destination: { secure: false, host: '127.0.0.1', port: receiver.port },
    dialling: { guard, resolve: resolveName, connect: connectSocket },
    linesMax: 2,
    onEmpty: emptied.resolve,
  })
})

afterEach(async () => {
  await pool.close(() => {})
  await receiver.close()
})

function carry(timeoutMs = 10_000): Promise<Answer> {
  return new Promise((settle) => {
    const options = { method: 'POST', path: '/', headers: [], body: 'x' }
    pool.carry(new Exchange({ options, pool, timeoutMs, now: () => 0, settle }))
  })
}

describe('the pool of an origin', () => {
  it('forgets a line that the receiver closed while it was idle', async () => {
    receiver.answer(closeAfterAnswer())
    expect(await carry()).toMatchObject({ kind: 'response', durationMs: 0 })
    await empty
  })

  it('forgets a line that broke', async () => {
    receiver.answer(resetBeforeAnswer())
    expect(await carry()).toMatchObject({ kind: 'failure', reason: 'reset' })
    await empty
  })

  it('opens new lines for those that wait when the old ones break', async () => {
    receiver.answer(resetBeforeAnswer())
    const answers = await Promise.all([carry(), carry(), carry(), carry(), carry()])
    expect(answers.map((answer) => answer.kind)).toEqual(Array(5).fill('failure'))
    expect(receiver.requests.length).toBe(5)
    await empty
  })
})
