import { nearestName } from '../../crm/index.ts'
import type { ProblemDetail, ScopeEntry } from '../../model/index.ts'

const scopeEntriesMax = 100
const scopeIdsMax = 200
const scopeKeys = ['pipeline_id', 'stage_ids', 'period_ids']

/** What is wrong with the places that a webhook is for. */
export function checkScope(scope: readonly ScopeEntry[]): ProblemDetail[] {
  if (scope.length > scopeEntriesMax) {
    return [
      { path: 'scope', code: 'too_many', message: `A scope may have at most ${scopeEntriesMax} entries.` },
    ]
  }
  return scope.flatMap((entry, index) => {
    const path = `scope[${index}]`
    const problems: ProblemDetail[] = []
    for (const key of Object.keys(entry)) {
      if (scopeKeys.includes(key)) continue
      const near = nearestName(key, scopeKeys)
      const hint = near ? `Did you mean "${near}"?` : `Known here: ${scopeKeys.join(', ')}.`
      problems.push({
        path: `${path}.${key}`,
        code: 'unknown_key',
        message: `There is no "${key}" here. ${hint}`,
      })
    }
    const { pipeline_id, stage_ids, period_ids } = entry
    if (pipeline_id !== undefined) problems.push(...checkId(pipeline_id, `${path}.pipeline_id`))
    if (stage_ids !== undefined) problems.push(...checkIds(stage_ids, `${path}.stage_ids`))
    if (period_ids !== undefined) problems.push(...checkIds(period_ids, `${path}.period_ids`))
    if (Object.keys(entry).length === 0) {
      problems.push({
        path,
        code: 'required',
        message: 'Name a pipeline_id, stage_ids or period_ids, or leave the entry out.',
      })
    }
    return problems
  })
}

function checkIds(ids: unknown, path: string): ProblemDetail[] {
  if (!Array.isArray(ids)) return [{ path, code: 'wrong_type', message: 'This must be a list of ids.' }]
  if (ids.length === 0)
    return [{ path, code: 'too_few', message: 'Name at least one id, or leave the key out.' }]
  if (ids.length > scopeIdsMax)
    return [{ path, code: 'too_many', message: `Name at most ${scopeIdsMax} ids.` }]
  return ids.flatMap((id: unknown, index) => checkId(id, `${path}[${index}]`))
}

function checkId(id: unknown, path: string): ProblemDetail[] {
  if (typeof id === 'number') {
    return [{ path, code: 'wrong_type', message: `Ids are text: write "${id}" in quotes.` }]
  }
  if (typeof id !== 'string') return [{ path, code: 'wrong_type', message: 'This must be an id as text.' }]
  if (id === '' || id.length > 200) {
    return [{ path, code: 'bad_id', message: 'An id has 1 to 200 characters.' }]
  }
  return []
}
