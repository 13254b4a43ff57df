import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { loadDemo } from '../actions/demo/load.ts'
import { removeDemo, whenNothingIsSent } from '../actions/demo/remove.ts'
import type { Language } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { answers, language, nothing, nullableTime, strict } from './schemas.ts'
import { iso } from './times.ts'
import { sceneOf } from './webhook-request.ts'

const input = strict({ language: Type.Optional(language) })
/** Nothing at all means the account's language, so the body may be left out. */
const optionalInput = Type.Unsafe<{ language?: Language } | undefined>({ ...input, type: ['object', 'null'] })

const countsShape = Type.Object({
  pipelines: Type.Integer(),
  records: Type.Integer(),
  users: Type.Integer(),
  events: Type.Integer(),
  deliveries: Type.Integer(),
  webhooks: Type.Integer(),
  inspectors: Type.Integer(),
  sources: Type.Integer(),
})

const stateShape = Type.Object({ loaded: Type.Boolean(), loaded_at: nullableTime })

/** Every demo tells the same story; only its dates differ. */
const seed = 20_260_817
const lookEveryMs = 200

/** Demo data: a sales team to look around in. */
export function demoRoutes(api: Api, context: ApiContext): void {
  const { store, config } = context
  const tags = ['Demo']
  const manage = { needs: 'manage' } as const

  api.post(
    '/v1/demo',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'loadDemo',
        summary: 'Load the demo data',
        description:
          'A sales team with its pipelines, records, webhooks, test addresses and two weeks of history, in `language` or else that ' +
          "of the account. Its webhooks call the demo's own test addresses only. 409 where the account has records or webhooks.",
        body: optionalInput,
        response: answers({ 201: countsShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const scene = {
          ...sceneOf(context, request, tx),
          rateGuardPerMinute: config.rateGuardPerMinute,
          inspectorKeep: config.inspectorKeep,
          sourceKeep: config.sourceKeep,
          signCause: context.signCause,
        }
        const counts = await loadDemo(scene, { language: request.body?.language, seed })
        return { status: 201, body: counts, afterwards: context.worker.nudge }
      }),
  )

  api.get(
    '/v1/demo',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getDemo',
        summary: 'Whether the demo data is there',
        response: answers({ 200: stateShape }),
      },
    },
    async ({ caller }) => {
      const demo = await store.demos.get(caller.account_id)
      return { loaded: demo !== null, loaded_at: demo && iso(demo.loaded_at) }
    },
  )

  api.delete(
    '/v1/demo',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'removeDemo',
        summary: 'Remove the demo data',
        description:
          'Its records and webhooks go with their events, deliveries and attempts, as if they had never been; so do its pipelines, ' +
          'users, fields, test addresses and sources. What was made beside it stays. 404 where there is none.',
        response: answers({ 204: nothing }),
      },
    },
    async (request, reply) => {
      await whenNothingIsSent(store, request.caller.account_id, () => sleep(lookEveryMs))
      return write(context, request, reply, async (tx) => {
        await removeDemo(sceneOf(context, request, tx))
        return { status: 204, afterwards: context.worker.nudge }
      })
    },
  )
}
