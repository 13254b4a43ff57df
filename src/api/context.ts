import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Backtests } from '../actions/backtest/backtests.ts'
import type { Capture } from '../actions/inspect/capture.ts'
import type { Ingest } from '../actions/ingest/change.ts'
import type { Live } from '../actions/live/live.ts'
import type { SignIn } from '../actions/people/sign-in.ts'
import type { Config } from '../config.ts'
import type { Guard } from '../delivery/guard.ts'
import type { TestInput, TestResult } from '../delivery/test-send.ts'
import type { Cause } from '../model/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'

/** All that the routes reach beyond themselves. */
export interface ApiContext {
  config: Config
  store: Store
  clock: Clock
  log: FastifyBaseLogger
  guard: Guard
  ingest: Ingest
  /** What is told that webhooks changed or deliveries became due. */
  worker: { nudge(): void }
  /** What is told that a replay was started. */
  replays: { hurry(): void }
  /** Throws a Problem `too_many` where the account has too many unsettled deliveries. */
  checkBacklog(accountId: string): void
  /** What is told that a record is to be erased. */
  erasures: { hurry(): void }
  /** Sends one event to one webhook now, with the guard, signing and judging of real delivery; keeps nothing. */
  testSend(input: TestInput): Promise<TestResult>
  /** What is told that there is an import to be applied. */
  imports: { hurry(): void }
  /** Writes the header `Hookline-Cause`. */
  signCause(cause: Cause, accountId: string): string
  /** What the header `Hookline-Cause` says; null for anything that this server did not sign. */
  readCause(header: string, accountId: string): Cause | null
  signIn: SignIn
  capture: Capture
  backtests: Backtests
  live: Pick<Live, 'open'>
  /** The origin at which the server is reached, without a slash at its end. */
  publicUrl(): string
  metrics: {
    /** Of the process; what is told of single webhooks only of this account, or of all with null. */
    render(accountId: string | null): Promise<string>
    contentType: string
    /** Counts a live reader that was cut off. */
    liveDropped: { inc(): void }
  }
  /** The server takes no new work: `/readyz` says so. */
  stopping(): boolean
}

/** The server as the routes see it: their schemas are the types of what they get. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
