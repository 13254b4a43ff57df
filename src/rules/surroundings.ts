import type { AccountSchema } from '../model/index.ts'

/** What conditions know of the account around an event: the settings that dates and stages are read by. */
export interface Surroundings {
  /** The account's IANA time zone; bare days, "today" and spans of days are counted in it. */
  timeZone: string
  /** The stage's place in its pipeline's order, from 0; null where the pipeline or the stage is not known. */
  stagePosition(kind: string, pipelineId: string, stageId: string): number | null
}

/** Where nothing is known of the account: days are those of UTC, and no stage has a place. */
export const noSurroundings: Surroundings = { timeZone: 'UTC', stagePosition: () => null }

/** The surroundings in an account, with its pipelines indexed: build it again when its schema or its time zone changes. */
export function surroundingsOf(
  { time_zone: timeZone }: { time_zone: string },
  { pipelines }: Pick<AccountSchema, 'pipelines'>,
): Surroundings {
  const kinds = new Map<string, Map<string, Map<string, number>>>()
  for (const { kind, id, stages } of pipelines) {
    const ofKind = kinds.get(kind) ?? new Map<string, Map<string, number>>()
    kinds.set(kind, ofKind.set(id, new Map(stages.map((stage, position) => [stage.id, position]))))
  }
  return {
    timeZone,
    stagePosition: (kind, pipelineId, stageId) => kinds.get(kind)?.get(pipelineId)?.get(stageId) ?? null,
  }
}
