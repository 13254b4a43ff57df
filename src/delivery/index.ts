/**
 * From a promise to its outcome. `worker` decides what is sent when (lanes, slots, leases), `deliver` sends one as a
 * straight line (render, sign, guard and send, judge, next), `recorder` writes what became of it.
 */
export { type AnswerLocally, withLocalAnswers } from './local-sender.ts'
export { type EgressAllow, type Guard, makeGuard, parseEgressAllow } from './guard.ts'
export { openSender, type Sender } from './send.ts'
export { type TestInput, testSend, type TestResult } from './test-send.ts'
export { makeWorker, type Worker, type WorkerWatch } from './worker.ts'
