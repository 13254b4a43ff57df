/**
 * The thread of one backtest: events are parsed and judged here and not on the server's thread. Answers each message in its
 * turn; whatever goes wrong ends the thread.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { makeBacktest } from './backtest.ts'
import type { BacktestAnswer, BacktestInput, BacktestMessage } from './run-backtest.ts'

const { subject, bounds } = workerData as BacktestInput
const backtest = makeBacktest(subject, bounds)

async function answer(message: BacktestMessage): Promise<BacktestAnswer> {
  if (message.kind === 'end') return { kind: 'result', result: await backtest.result() }
  return { kind: 'progress', progress: backtest.page(message.texts) }
}

// An error is not caught: a promise that is rejected unheard ends the thread, and the server's thread is told why.
parentPort!.on('message', (message: BacktestMessage) => {
  void answer(message).then((answered) => parentPort!.postMessage(answered))
})
