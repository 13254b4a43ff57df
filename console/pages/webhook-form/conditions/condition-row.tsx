import { ActionIcon, Box, Text, Tooltip } from '@mantine/core'
import { IconLetterCase, IconTrash } from '@tabler/icons-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type RuleProps, useRule } from 'react-querybuilder'
import type { Operator } from '../../../data/catalogue.ts'
import type { Rule } from '../../../data/condition.ts'
import { FieldPicker } from '../../../parts/field-picker/field-picker.tsx'
import { useConditionScene } from './condition-scene.ts'
import { OperatorPicker } from './operator-picker.tsx'
import { fromQueryRule, type Query, type QueryRule, serverPath, withRuleAt } from './query.ts'
import { focusAddRow, groupAround } from './row-focus.ts'
import { foldedTypes, isComplete, withField, withOperator } from './settle.ts'
import { ValueEditor } from './values/value-editor.tsx'
import classes from './conditions.module.css'

/** One comparison: field, operator, value, and what is wrong with it. */
export const ConditionRow = memo(function ConditionRow(props: RuleProps) {
  const { t } = useTranslation('form')
  const { path, schema, removeRule } = useRule(props)
  const { fields, words, kinds, problemAt, readOnly, addedId } = useConditionScene()
  const rule = fromQueryRule(props.rule as QueryRule)
  const field = fields.find(rule.field)
  const offered = field ? fields.operatorsFor(field) : []
  const operator = offered.find(({ name }) => name === rule.operator)
  const place = serverPath(path)
  const isGone = rule.field !== '' && field === null
  const fieldBox = useRef<HTMLDivElement>(null)
  // It was added just now: which field is the first question.
  const isFresh = rule.field === '' && props.rule.id === addedId
  useEffect(() => {
    if (!isFresh) return undefined
    // Once it is all there: what opens takes the focus by itself.
    const frame = requestAnimationFrame(() => fieldBox.current?.querySelector('button')?.click())
    return () => cancelAnimationFrame(frame)
  }, [isFresh])
  const name = rule.field === '' ? t('if.newRow') : words.fieldName(rule.field)

  const set = (next: Rule) => {
    const query = schema.getQuery() as Query
    const changed: QueryRule = { ...next, id: props.rule.id, value: next.value as unknown }
    schema.dispatchQuery(withRuleAt(query, path, changed) as never)
  }
  const setValue = (value: Rule['value']) => {
    const { value: _, ...rest } = rule
    set(value === undefined ? rest : { ...rest, value })
  }
  const setCapitals = (on: boolean) => {
    const { case_sensitive: _, ...rest } = rule
    set(on ? { ...rest, case_sensitive: true } : rest)
  }
  const canFold = operator && operator.values !== 'none' && field && foldedTypes.has(field.type)
  const fieldProblem = isGone
    ? t('if.unknownField')
    : problemAt(`${place}.field`) && t(rule.field === '' ? 'if.chooseField' : 'if.unknownField')
  const valueProblem = problemAt(`${place}.value`) && t(valueMistake(rule, operator))
  const rowProblem = problemAt(place) ?? problemAt(`${place}.case_sensitive`)

  return (
    <Box className={classes['row']} role="group" aria-label={name} data-field={place}>
      <Box className={classes['field']} ref={fieldBox}>
        <FieldPicker
          label={t('if.field')}
          value={rule.field}
          onChange={(chosen) => set(withField(rule, chosen, fields))}
          paths={fields.list}
          kinds={kinds}
          knownOnly
          error={fieldProblem}
          disabled={readOnly}
          data-field={`${place}.field`}
        />
      </Box>
      {rule.field !== '' && (
        <Box className={classes['operator']} data-field={`${place}.operator`}>
          <OperatorPicker
            label={`${name}: ${t('if.operator')}`}
            value={rule.operator}
            offered={offered}
            onChange={(chosen) => set(withOperator(rule, chosen, fields))}
            error={problemAt(`${place}.operator`)}
            disabled={readOnly}
          />
        </Box>
      )}
      {field && operator && operator.values !== 'none' && (
        <Box className={classes['value']}>
          <Box style={{ flex: 1, minWidth: 0 }} data-field={`${place}.value`}>
            <ValueEditor
              // Another field or operator begins with an editor of its own.
              key={`${rule.field} ${operator.values}`}
              field={field}
              operator={operator}
              value={rule.value}
              onChange={setValue}
              label={`${name}: ${t('if.value')}`}
              error={valueProblem}
              disabled={readOnly}
              capitals={
                canFold && (
                  <CapitalsSwitch
                    on={rule.case_sensitive === true}
                    onChange={setCapitals}
                    disabled={readOnly}
                  />
                )
              }
            />
          </Box>
        </Box>
      )}
      {!readOnly && (
        <ActionIcon
          variant="subtle"
          color="gray"
          className={classes['remove']}
          aria-label={`${t('if.removeRow')}: ${name}`}
          onClick={(event) => {
            const group = groupAround(event.currentTarget)
            removeRule()
            focusAddRow(group)
          }}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
      {(rowProblem !== null || operator?.holds_when_missing) && (
        <Box className={classes['note']}>
          {rowProblem !== null && (
            <Text size="xs" c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))">
              {rowProblem}
            </Text>
          )}
          {operator?.holds_when_missing && operator.name !== 'null' && (
            <Text size="xs" c="dimmed">
              {t('if.missingToo')}
            </Text>
          )}
        </Box>
      )}
    </Box>
  )
})

/** What is missing is said plainly, and so is what is the wrong way round. */
function valueMistake(rule: Rule, operator: Operator | undefined) {
  if (!isComplete(rule, operator?.values)) return 'if.fillIn' as const
  return operator?.values === 'two' ? ('if.problem.range' as const) : ('if.problem.bad_value' as const)
}

interface SwitchProps {
  on: boolean
  onChange: (on: boolean) => void
  disabled: boolean
}

function CapitalsSwitch({ on, onChange, disabled }: SwitchProps) {
  const { t } = useTranslation('form')
  return (
    <Tooltip label={t(on ? 'if.capitalsOn' : 'if.capitalsOff')}>
      <ActionIcon
        variant={on ? 'light' : 'subtle'}
        color={on ? undefined : 'gray'}
        size={36}
        aria-label={t('if.capitals')}
        aria-pressed={on}
        disabled={disabled}
        onClick={() => onChange(!on)}
      >
        <IconLetterCase size={18} />
      </ActionIcon>
    </Tooltip>
  )
}
