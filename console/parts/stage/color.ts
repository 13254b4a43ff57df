import type { StageType } from '../../data/pipelines.ts'

/** The colours that stages are offered, by their names in the words of `pipelines:color`. */
export const stageColors = {
  gray: '#868e96',
  blue: '#228be6',
  cyan: '#15aabf',
  teal: '#12b886',
  green: '#40c057',
  lime: '#82c91e',
  yellow: '#fab005',
  orange: '#fd7e14',
  red: '#fa5252',
  pink: '#e64980',
  grape: '#be4bdb',
  violet: '#7950f2',
  indigo: '#4c6ef5',
} as const

export type StageColorName = keyof typeof stageColors

const byType: Record<StageType, string> = {
  open: stageColors.gray,
  won: stageColors.green,
  lost: stageColors.red,
}

/** The colour as CSS; records of other systems bring any text as one, so what is none falls back to that of the type. */
export function stageColor(color: string | null, type: StageType = 'open'): string {
  return color && /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(color) ? color : byType[type]
}
