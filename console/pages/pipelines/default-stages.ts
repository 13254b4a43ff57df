import type { StageType } from '../../data/pipelines.ts'
import { type StageColorName, stageColors } from '../../parts/stage/color.ts'

export interface DefaultStage {
  /** Its id in the new pipeline, and its name in the words of `pipelines:defaultStage`. */
  id: StageName
  type: StageType
  color: string
}

type StageName =
  | 'new' | 'contacted' | 'meeting' | 'offer' | 'negotiation' | 'won' | 'lost' | 'interested' | 'qualified' | 'rejected'
  | 'onboarding' | 'active' | 'repeat' | 'risk' | 'left' // prettier-ignore

const stage = (id: StageName, color: StageColorName, type: StageType = 'open'): DefaultStage => ({
  id,
  type,
  color: stageColors[color],
})

/** The way of a sale. */
const deal = [
  stage('new', 'gray'),
  stage('contacted', 'blue'),
  stage('meeting', 'cyan'),
  stage('offer', 'yellow'),
  stage('negotiation', 'orange'),
  stage('won', 'green', 'won'),
  stage('lost', 'red', 'lost'),
]

/** The way of somebody who may become a customer. */
const person = [
  stage('new', 'gray'),
  stage('contacted', 'blue'),
  stage('interested', 'yellow'),
  stage('qualified', 'green', 'won'),
  stage('rejected', 'red', 'lost'),
]

/** The way of somebody who is one. */
const customer = [
  stage('onboarding', 'blue'),
  stage('active', 'teal'),
  stage('risk', 'orange'),
  stage('repeat', 'green', 'won'),
  stage('left', 'red', 'lost'),
]

const byKind: Record<string, DefaultStage[]> = { customer, contact: person, prospect: person }

/** What a new pipeline of this kind starts with. */
export function defaultStages(kind: string): DefaultStage[] {
  return byKind[kind] ?? deal
}
