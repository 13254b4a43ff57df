import { Text } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ControlElementsProp,
  type FullField,
  QueryBuilder,
  type RuleGroupType,
} from 'react-querybuilder'
import type { Condition } from '../../../data/condition.ts'
import { ConditionGroup } from './condition-group.tsx'
import { ConditionRow } from './condition-row.tsx'
import { type ConditionScene, ConditionSceneContext } from './condition-scene.ts'
import { combinatorAt, fromQuery, newId, type Query, toQuery } from './query.ts'
import classes from './conditions.module.css'

/** The deepest group that can be added: the server takes eight levels, of which the outermost is the first. */
const levelsMax = 7

interface Props {
  condition: Condition
  onChange: (condition: Condition) => void
  scene: Omit<ConditionScene, 'addedId'>
}

/** Rows and groups, as the user builds them. */
export function ConditionBuilder({ condition, onChange, scene }: Props) {
  const [shown, setShown] = useState(() => ({ condition, query: toQuery(condition) }))
  const [addedId, setAddedId] = useState<string | null>(null)
  // Changed by somebody else: a preset was chosen, or a suggestion taken.
  if (shown.condition !== condition) setShown({ condition, query: toQuery(condition) })

  const change = (query: RuleGroupType) => {
    const next = fromQuery(query as Query)
    setShown({ condition: next, query: query as Query })
    onChange(next)
  }
  const addRule = useCallback(({ id = newId() }: { id?: string | undefined }) => {
    setAddedId(id)
    return emptyRow(id)
  }, [])
  const addGroup = useCallback((group: RuleGroupType, parent: number[], query: RuleGroupType) => {
    const row = emptyRow(newId())
    setAddedId(row.id)
    // Joined like the group around it, it would change nothing.
    return {
      ...group,
      combinator: combinatorAt(query as Query, parent) === 'or' ? 'and' : 'or',
      rules: [row],
    }
  }, [])
  const whole = useMemo(() => ({ ...scene, addedId }), [scene, addedId])
  const fields = useMemo(
    () => scene.fields.list.map(({ path }) => ({ name: path, label: path })),
    [scene.fields],
  )

  return (
    <ConditionSceneContext value={whole}>
      <QueryBuilder
        fields={fields}
        query={shown.query as RuleGroupType}
        onQueryChange={change}
        onAddRule={addRule}
        onAddGroup={addGroup as never}
        controlElements={controlElements}
        enableMountQueryChange={false}
        showCombinatorsBetweenRules
        suppressStandardClassnames
        idGenerator={newId}
        maxLevels={levelsMax}
        disabled={scene.readOnly}
      />
    </ConditionSceneContext>
  )
}

/** Which field is for the user to say. */
const emptyRow = (id: string) => ({ id, field: '', operator: '', value: undefined as unknown })

/** Between two rows: how they are joined. */
function Joint({ value }: { value?: string | undefined }) {
  const { t } = useTranslation('form')
  return (
    <Text size="xs" c="dimmed" fw={600} className={classes['joint']}>
      {t(value === 'or' ? 'if.or' : 'if.and')}
    </Text>
  )
}

const controlElements = {
  rule: ConditionRow,
  ruleGroup: ConditionGroup,
  inlineCombinator: Joint,
} as ControlElementsProp<FullField, string>
