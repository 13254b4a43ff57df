import { Type } from 'typebox'
import { countDecisions } from '../model/index.ts'
import type { Reads, RecordedEvent } from '../store/store.ts'
import { nullableText, values } from './schemas.ts'

/** An event as it is answered. */
export const eventShape = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    account_id: Type.String(),
    external_id: nullableText(),
    occurred_at: Type.String(),
    received_at: Type.String(),
    sequence: Type.Integer({ description: 'Counts per record.' }),
    record: Type.Object({ kind: Type.String(), id: Type.String() }),
    current: values('The fields after the change; of a deleted record, before it.'),
    previous: values('Every field that the write changed, with its old value.'),
    data: values('What the type itself describes.'),
    related: Type.Unsafe({
      type: 'object',
      description: 'Names and fields of what the record points at, as they were.',
    }),
    actor: Type.Object({ kind: Type.String(), id: nullableText() }),
    source: Type.String(),
    bulk: Type.Boolean(),
    correlation_id: Type.String({ description: 'Shared by all events of one write.' }),
    caused_by: Type.Unsafe({ type: ['object', 'null'] }),
    traceparent: Type.Optional(Type.String({ description: 'The trace that the change came in.' })),
  },
  { description: 'An immutable fact. Conditions and payloads read only this snapshot.' },
)

/** Of each event in a list. One that a thousand webhooks fired for is told by their number. */
const shownDeliveriesMax = 20

/** An event in a list: with what became of it. */
export const listedEventShape = Type.Object(
  {
    ...eventShape.properties,
    decisions: Type.Object(
      { fired: Type.Integer(), skipped: Type.Integer() },
      { description: 'How many webhooks fired, and how many that subscribe to its type were skipped.' },
    ),
    deliveries: Type.Array(
      Type.Object({ id: Type.String(), webhook_id: Type.String(), state: Type.String() }),
      {
        description: `How the deliveries of the webhooks that fired stand now, of ${shownDeliveriesMax} at most; replays are not among them.`,
      },
    ),
  },
  { description: 'An immutable fact, and what became of it so far.' },
)

/** Events as lists answer them. The states of their deliveries are read for all of them at once. */
export async function showEvents(
  { deliveries }: Pick<Reads, 'deliveries'>,
  accountId: string,
  events: RecordedEvent[],
) {
  const listed = events.map(({ event, decisions }) => ({
    event,
    decisions: countDecisions(decisions),
    sent: decisions
      .flatMap(({ delivery_id: id, webhook_id }) => (id === null ? [] : [{ id, webhook_id }]))
      .slice(0, shownDeliveriesMax),
  }))
  const states = await deliveries.states(
    accountId,
    listed.flatMap(({ sent }) => sent.map(({ id }) => id)),
  )
  return listed.map(({ event, decisions, sent }) => ({
    ...event,
    decisions,
    deliveries: sent.flatMap(({ id, webhook_id }) => {
      const state = states.get(id)
      return state === undefined ? [] : [{ id, webhook_id, state }]
    }),
  }))
}
