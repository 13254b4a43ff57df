import type { Pipeline, PipelineInput, Stage, StageType } from '../../data/pipelines.ts'
import { stageColors } from '../../parts/stage/color.ts'

export interface StageDraft {
  /** Stays the same while the id is still being typed. */
  key: string
  id: string
  name: string
  type: StageType
  color: string | null
  /** Not known to the server yet: its id can still be chosen. */
  fresh: boolean
  /** The id was typed, not made from the name. */
  idTyped: boolean
}

export interface PipelineDraft {
  kind: string
  id: string
  idTyped: boolean
  name: string
  fresh: boolean
  stages: StageDraft[]
}

export function draftOf({ kind, id, name, stages }: Pipeline): PipelineDraft {
  return { kind, id, idTyped: true, name, fresh: false, stages: stages.map(stageDraft) }
}

function stageDraft({ id, name, type, color }: Omit<Stage, 'origin'>): StageDraft {
  return { key: id, id, name, type, color, fresh: false, idTyped: true }
}

export function inputOf({ kind, id, name, stages }: PipelineDraft): PipelineInput {
  return {
    kind,
    id: id.trim(),
    name: name.trim(),
    stages: stages.map((stage) => ({
      id: stage.id.trim(),
      name: stage.name.trim(),
      type: stage.type,
      color: stage.color,
    })),
  }
}

const offered = Object.values(stageColors)

/** One more open stage, before those that end it, in a colour that is not used yet. */
export function withNewStage(draft: PipelineDraft, key: string): PipelineDraft {
  return withStage(draft, { key, id: '', name: '', fresh: true, idTyped: false })
}

/** A stage that records stand on and the pipeline does not know. */
export function withFoundStage(draft: PipelineDraft, id: string): PipelineDraft {
  return withStage(draft, { key: id, id, name: id, fresh: false, idTyped: true })
}

function withStage(draft: PipelineDraft, stage: Omit<StageDraft, 'type' | 'color'>): PipelineDraft {
  const color = offered.find((one) => draft.stages.every((other) => other.color !== one)) ?? offered[0]!
  const end = draft.stages.findIndex(({ type }) => type !== 'open')
  const at = end < 0 ? draft.stages.length : end
  return { ...draft, stages: draft.stages.toSpliced(at, 0, { ...stage, type: 'open', color }) }
}

/** Renames it; the id of a new one follows the name until somebody types one. */
export function renamed(stages: StageDraft[], key: string, name: string): StageDraft[] {
  return stages.map((stage) => {
    if (stage.key !== key) return stage
    const others = stages.filter((other) => other.key !== key).map(({ id }) => id)
    return { ...stage, name, ...(stage.idTyped ? {} : { id: idFrom(name, others) }) }
  })
}

export type DraftMistake = 'name' | 'id' | 'twice'

/** What has to be mended before it can be saved: by the stage's key, and under '' for the pipeline itself. */
export function mistakesOf({ name, id, stages }: PipelineDraft): Map<string, DraftMistake> {
  const mistakes = new Map<string, DraftMistake>()
  if (name.trim() === '') mistakes.set('', 'name')
  else if (id.trim() === '') mistakes.set('', 'id')
  const seen = new Set<string>()
  for (const stage of stages) {
    const stageId = stage.id.trim()
    if (stage.name.trim() === '') mistakes.set(stage.key, 'name')
    else if (stageId === '') mistakes.set(stage.key, 'id')
    else if (seen.has(stageId)) mistakes.set(stage.key, 'twice')
    seen.add(stageId)
  }
  return mistakes
}

const cyrillic: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ы: 'y', ь: '',
  э: 'e', ю: 'yu', я: 'ya', ł: 'l',
} // prettier-ignore

/** An id that can be read and typed: `Pierwszy kontakt` → `pierwszy-kontakt`, with a number where it is taken. */
export function idFrom(name: string, taken: string[]): string {
  const plain = name.toLowerCase().replaceAll(/[а-яёł]/g, (letter) => cyrillic[letter] ?? letter)
  const id = plain
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40)
  if (id === '' || !taken.includes(id)) return id
  let number = 2
  while (taken.includes(`${id}-${number}`)) number++
  return `${id}-${number}`
}
