import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Operator } from '../../../../data/catalogue.ts'
import { holdsUsers } from '../../../../data/names.ts'
import { allPipelines, type Pipeline } from '../../../../data/pipelines.ts'
import { allUsers, type CrmUser } from '../../../../data/users.ts'
import { type KnownValues, useKnownValues } from '../../../../parts/known-values.ts'
import type { AskableField } from '../scene.ts'

export interface ValueOption {
  value: string
  label: string
  /** Of a stage, as CSS writes it. */
  color?: string | null
  /** The heading under which it stands: a stage's pipeline. */
  group?: string
}

/** What a field can be chosen from; null where it is typed. */
export function useValueOptions(field: AskableField, operator: Operator): ValueOption[] | null {
  const { data: pipelines } = useQuery({
    ...allPipelines,
    enabled: field.type === 'stage' || field.type === 'pipeline',
  })
  const { data: users } = useQuery({ ...allUsers, enabled: field.type === 'user' || isListOfUsers(field) })
  const knownValues = useKnownValues()
  return useMemo(
    () => valueOptions(field, operator, { pipelines: pipelines ?? [], users: users ?? [], knownValues }),
    [field, operator, pipelines, users, knownValues],
  )
}

interface Known {
  pipelines: Pipeline[]
  users: CrmUser[]
  knownValues: KnownValues
}

function valueOptions(field: AskableField, operator: Operator, known: Known): ValueOption[] | null {
  const { path, type, choices } = field
  const ofKinds = known.pipelines.filter(({ kind }) => field.kinds.includes(kind))
  if (type === 'stage') return stageOptions(ofKinds)
  if (type === 'pipeline') return merged(ofKinds.map(({ id, name }) => ({ value: id, label: name })))
  if (type === 'user' || isListOfUsers(field))
    return known.users.map(({ id, name }) => ({ value: id, label: name }))
  const told = known.knownValues(path)
  if (choices && choices.length > 0) {
    return choices.map((value) => ({
      value,
      label: told?.find((one) => one.value === value)?.label ?? value,
    }))
  }
  // Parts of a text are typed.
  const whole = ['=', '!=', 'in', 'notIn'].includes(operator.name)
  return type === 'text' && whole && told && !/^(current|previous|data)\./.test(path) ? told : null
}

function isListOfUsers({ path, type }: AskableField): boolean {
  return type === 'list' && holdsUsers(path)
}

/** An id may be a stage of several pipelines: it is one choice, named after all of them. */
function stageOptions(pipelines: Pipeline[]): ValueOption[] {
  const stages = pipelines.flatMap((pipeline) =>
    pipeline.stages.map(({ id, name, color }) => ({ value: id, label: name, color, group: pipeline.name })),
  )
  return [...new Set(stages.map(({ value }) => value))].map((id) => {
    const same = stages.filter(({ value }) => value === id)
    const names = [...new Set(same.map(({ label }) => label))]
    const groups = [...new Set(same.map(({ group }) => group))]
    return { value: id, label: names.join(' / '), color: same[0]?.color ?? null, group: groups.join(', ') }
  })
}

function merged(options: ValueOption[]): ValueOption[] {
  return options.filter(({ value }, index) => options.findIndex((one) => one.value === value) === index)
}
