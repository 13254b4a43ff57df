import { type Static, Type } from 'typebox'
import { replayIdsMax } from '../actions/replay/replays.ts'
import { settledStates, type Replay, type ReplayMode } from '../model/index.ts'
import type { ReplayReads, ReplayTally } from '../store/store.ts'
import { choice, nullableInteger, nullableText, strict, time, timeInput } from './schemas.ts'
import { iso, isoOrNull } from './times.ts'

const modes: readonly ReplayMode[] = ['render', 'bytes']
const pacePerSecondMax = 10_000
/** Each state of its deliveries is counted so far: they are told in lists, and while it runs they are asked for again and again. */
const talliedMax = 10_000

const mode = choice(modes, {
  description:
    '`render` (the default): the stored event with the settings of today. `bytes`: method, query and body of an earlier ' +
    'attempt byte for byte; address, authentication, time and signature are made anew.',
})
const id = Type.String({ maxLength: 200 })

const filterInput = strict({
  event_type: Type.Optional(Type.String({ maxLength: 200 })),
  record: Type.Optional(strict({ kind: Type.String({ maxLength: 64 }), id })),
  states: Type.Optional(
    Type.Array(choice(settledStates), {
      minItems: 1,
      maxItems: settledStates.length,
      description: '`["dead"]` when left out.',
    }),
  ),
  status_code: Type.Optional(
    Type.Integer({ minimum: 100, maximum: 599, description: 'Of the last answer.' }),
  ),
  replay_id: Type.Optional({ ...id, description: 'Made by this replay.' }),
  sent_again: Type.Optional(
    Type.Boolean({
      description:
        'Whether it was sent again before this replay was started, whatever became of that. `false` leaves out what was: so the ' +
        'same request, sent twice, sends nothing twice.',
    }),
  ),
  since: Type.Optional(timeInput),
  until: Type.Optional(timeInput),
})

export const replayInput = strict(
  {
    webhook_id: Type.Optional(id),
    filter: Type.Optional(filterInput),
    delivery_ids: Type.Optional(
      Type.Array(id, {
        minItems: 1,
        maxItems: replayIdsMax,
        description: 'These, whatever became of them; settled ones only.',
      }),
    ),
    missed: Type.Optional(
      Type.Literal(true, {
        description:
          'What the webhook missed while it was disabled: canceled deliveries and events decided `disabled`. ' +
          'Of the filter only `since` and `until` may stand beside it.',
      }),
    ),
    mode: Type.Optional(mode),
    pace_per_s: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: pacePerSecondMax,
        description: 'Deliveries per second; without it as fast as the webhook takes them.',
      }),
    ),
  },
  { examples: [{ webhook_id: 'whk_…', missed: true, pace_per_s: 50 }] },
)

export const oneInput = strict({ mode: Type.Optional(mode), attempt_id: Type.Optional(id) })

export const replayShape = Type.Object({
  id: Type.String(),
  state: Type.String({ description: '`running`, `done` or `canceled`.' }),
  webhook_id: nullableText(),
  of: Type.String({ description: '`deliveries`, `filter` or `missed`.' }),
  filter: Type.Unsafe({ type: ['object', 'null'] }),
  mode,
  pace_per_s: nullableInteger(),
  total: nullableInteger({
    description:
      'How many it goes over, as far as they are counted; null until then. At 100,000 counting stops.',
  }),
  done: Type.Integer({ description: 'created + skipped.' }),
  created: Type.Integer({ description: 'New deliveries.' }),
  skipped: Type.Integer({
    description:
      'Nothing to send, or sent anyway: the event is no longer kept, the webhook is disabled or deleted, there is no attempt ' +
      'to repeat, or a replay of the same event arrived or is under way.',
  }),
  deliveries: Type.Object(
    {
      unsettled: Type.Integer({ description: 'On their way, or waiting.' }),
      delivered: Type.Integer(),
      dead: Type.Integer(),
      canceled: Type.Integer(),
    },
    {
      description:
        'How those that it made stand now, as far as they are kept: `GET /v1/deliveries?replay_id=…` lists them. Each number is ' +
        `counted up to ${talliedMax}.`,
    },
  ),
  made_by: Type.String({ description: '`token tok_…` or `member mem_…`.' }),
  created_at: time,
  updated_at: time,
})

/** Replays as they are answered, with how their deliveries stand. */
export async function showReplays(
  replays: Pick<ReplayReads, 'tallies'>,
  accountId: string,
  shown: readonly Replay[],
): Promise<Static<typeof replayShape>[]> {
  const ids = shown.map(({ id }) => id)
  const tallies = await replays.tallies(accountId, ids, talliedMax)
  return shown.map((replay) => show(replay, tallies.get(replay.id)!))
}

export async function showReplay(
  replays: Pick<ReplayReads, 'tallies'>,
  replay: Replay,
): Promise<Static<typeof replayShape>> {
  const [shown] = await showReplays(replays, replay.account_id, [replay])
  return shown!
}

/** The deliveries that it named are not listed again. */
function show(replay: Replay, deliveries: ReplayTally): Static<typeof replayShape> {
  const { id, state, webhook_id, selection, mode, pace_per_s, total, done, created, skipped, made_by } =
    replay
  return {
    id,
    state,
    webhook_id,
    of: selection.of,
    filter: showFilter(selection),
    mode,
    pace_per_s,
    total,
    done,
    created,
    skipped,
    deliveries,
    made_by,
    created_at: iso(replay.created_at),
    updated_at: iso(replay.updated_at),
  }
}

function showFilter(selection: Replay['selection']): object | null {
  if (selection.of === 'deliveries') return null
  const { of: _, since, until, ...filter } = selection
  const times = Object.entries({ since, until }).map(([name, ms]) => [name, isoOrNull(ms ?? null)] as const)
  return { ...filter, ...Object.fromEntries(times.filter(([, at]) => at !== null)) }
}
