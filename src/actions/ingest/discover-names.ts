import { fieldsOf, nearestName } from '../../crm/index.ts'
import type { Kind } from '../../crm/index.ts'
import { invalid } from '../../model/index.ts'
import type { CrmUser, Fields, Pipeline, ProblemDetail } from '../../model/index.ts'
import type { AccountNames } from '../../record-events/index.ts'

export interface DiscoveredNames {
  pipelines: Pipeline[]
  users: CrmUser[]
}

/**
 * Pipelines, stages and users that a record names and the account does not know yet: kept under their id until somebody
 * gives them a name, or refused where the account is strict.
 * @throws Problem `invalid`
 */
export function discoverNames(
  kind: Kind,
  fields: Fields,
  names: AccountNames,
  strict: boolean,
): DiscoveredNames {
  const found: DiscoveredNames = { pipelines: [], users: [] }
  const errors: ProblemDetail[] = []

  const { pipeline_id: pipelineId, stage_id: stageId } = fields
  const isStaged = kind.capabilities.some(({ name }) => name === 'staged')
  if (isStaged && typeof pipelineId === 'string') {
    const pipelines = names.pipelines(kind.name)
    const pipeline = pipelines.get(pipelineId)
    const missesStage = typeof stageId === 'string' && !pipeline?.stages.some(({ id }) => id === stageId)
    if (strict && !pipeline)
      errors.push(unknown('pipeline_id', 'pipeline', pipelineId, [...pipelines.keys()]))
    else if (strict && missesStage)
      errors.push(
        unknown(
          'stage_id',
          'stage',
          stageId,
          pipeline!.stages.map(({ id }) => id),
        ),
      )
    else if (!pipeline || missesStage) {
      const known: Pipeline = pipeline ?? {
        kind: kind.name,
        id: pipelineId,
        name: pipelineId,
        origin: 'discovered',
        stages: [],
      }
      const stages = missesStage
        ? [
            ...known.stages,
            { id: stageId, name: stageId, type: 'open' as const, color: null, origin: 'discovered' as const },
          ]
        : known.stages
      found.pipelines.push({ ...known, stages })
    }
  }

  for (const [name, field] of Object.entries(fieldsOf(kind))) {
    const userId = field.type === 'user' ? fields[name] : null
    if (typeof userId !== 'string' || names.users.has(userId)) continue
    if (strict) errors.push(unknown(name, 'user', userId, [...names.users.keys()]))
    else found.users.push({ id: userId, name: userId, email: null, origin: 'discovered' })
  }

  if (errors.length > 0) throw invalid(errors)
  return found
}

/** A record that names a stage but no pipeline stands in the one pipeline of its kind that has this stage. */
export function pipelineOfStage(names: AccountNames, kind: string, stageId: string): string | null {
  const having = [...names.pipelines(kind).values()].filter(({ stages }) =>
    stages.some(({ id }) => id === stageId),
  )
  return having.length === 1 ? having[0]!.id : null
}

function unknown(path: string, what: string, id: string, known: string[]): ProblemDetail {
  const near = nearestName(id, known)
  const hint = near ? `Did you mean "${near}"?` : `Make it first, or make the account not strict.`
  return {
    path,
    code: `unknown_${what}`,
    message: `This account has no ${what} "${id}", and it is strict. ${hint}`,
  }
}
