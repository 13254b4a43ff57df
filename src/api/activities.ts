import { Type } from 'typebox'
import { checkKind } from './check-kind.ts'
import type { Api, ApiContext } from './context.ts'
import { externalId } from './events.ts'
import { submit } from './ingest-answer.ts'
import { answers, idParams, strict, timeInput, values } from './schemas.ts'
import { eventShape } from './show-event.ts'
import { readTime } from './times.ts'

const activityInput = strict(
  {
    type: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'What happened, without the kind.',
      examples: ['email_received'],
    }),
    data: Type.Optional(values('What there is to say of it: from, subject, duration…')),
    occurred_at: Type.Optional(timeInput),
    external_id: externalId,
  },
  {
    examples: [{ type: 'email_received', data: { from: 'ann@acme.example', subject: 'Our offer' } }],
  },
)

/** What happened around a record without changing its fields: a mail, a call, a chat message, a visit. */
export function activityRoutes(api: Api, context: ApiContext): void {
  api.post(
    '/v1/records/:kind/:id/activities',
    {
      config: { needs: 'ingest' },
      schema: {
        tags: ['Records'],
        operationId: 'logActivity',
        summary: 'Log an activity',
        description:
          'A mail, a call, a visit: it becomes an event of the record and changes no field. The record need not be known. ' +
          'Answered when the event and its deliveries are on disk.',
        params: idParams('kind', 'id'),
        body: activityInput,
        response: answers({ 201: eventShape, 200: eventShape }),
      },
    },
    async (request, reply) => {
      const { kind, id } = request.params
      const { type, data = {}, occurred_at, external_id = null } = request.body
      await checkKind(context.store, request.caller.account_id, kind)
      readTime(occurred_at, 'occurred_at')
      return submit(context, request, reply, {
        do: 'activity',
        record: { kind, id },
        type,
        data,
        occurred_at: occurred_at ?? null,
        external_id,
      })
    },
  )
}
