import { ActionIcon, Box, Button, Group, Select, Text } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { RuleGroupBodyComponents, type RuleGroupProps, useRuleGroup } from 'react-querybuilder'
import { useConditionScene } from './condition-scene.ts'
import { type Query, serverPath, withRuleAt } from './query.ts'
import { focusAddRow, groupAround } from './row-focus.ts'
import classes from './conditions.module.css'

const joins = ['all', 'any', 'notAny', 'notAll'] as const
type Join = (typeof joins)[number]

const meanings: Record<Join, Pick<Query, 'combinator' | 'not'>> = {
  all: { combinator: 'and' },
  any: { combinator: 'or' },
  notAny: { combinator: 'or', not: true },
  notAll: { combinator: 'and', not: true },
}

function joinOf({ combinator, not }: Pick<Query, 'combinator' | 'not'>): Join {
  if (combinator === 'or') return not ? 'notAny' : 'any'
  return not ? 'notAll' : 'all'
}

/** Rows and groups, joined by one word; inside others it has a frame and can be removed. */
export const ConditionGroup = memo(function ConditionGroup(props: RuleGroupProps) {
  const { t } = useTranslation('form')
  const group = useRuleGroup(props)
  const { problemAt, readOnly } = useConditionScene()
  const { path, schema } = group
  const query = group.ruleGroup as Query
  const join = joinOf(query)
  const isRoot = path.length === 0
  const place = serverPath(path)
  const problem = problemAt(place) ?? problemAt(`${place}.rules`) ?? problemAt(`${place}.combinator`)

  const setJoin = (chosen: Join) => {
    const { not: _, ...rest } = query
    schema.dispatchQuery(
      withRuleAt(schema.getQuery() as Query, path, { ...rest, ...meanings[chosen] }) as never,
    )
  }
  // One row alone is joined with nothing; turned round it says so still.
  const isJoined = query.rules.length > 1 || query.not === true || !isRoot

  return (
    <Box
      className={isRoot ? classes['root'] : classes['group']}
      data-group
      role="group"
      aria-label={isRoot ? t('if.label') : t('if.group')}
    >
      {isJoined && (
        <Group gap="xs" mb="xs" wrap="nowrap">
          <Select
            aria-label={t('if.join')}
            value={join}
            onChange={(chosen) => chosen && setJoin(chosen)}
            data={joins.map((name) => ({ value: name, label: t(`if.joins.${name}`) }))}
            allowDeselect={false}
            size="xs"
            w="15rem"
            maw="100%"
            disabled={readOnly}
          />
          {!isRoot && !readOnly && (
            <ActionIcon
              variant="subtle"
              color="gray"
              ml="auto"
              aria-label={t('if.removeGroup')}
              title={t('if.removeGroup')}
              onClick={(event) => {
                const { parentElement } = groupAround(event.currentTarget) ?? {}
                group.removeGroup()
                focusAddRow(parentElement)
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </Group>
      )}
      <div className={classes['rows']}>
        <RuleGroupBodyComponents {...group} />
        {query.rules.length === 0 && !isRoot && (
          <Text size="sm" c="dimmed">
            {t('if.emptyGroup')}
          </Text>
        )}
      </div>
      {problem !== null && (
        <Text size="xs" mt="xs" c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))">
          {problem}
        </Text>
      )}
      {!readOnly && (
        <Group gap="xs" mt="xs">
          <Button
            data-add-row
            variant="light"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => group.addRule()}
          >
            {t('if.addRow')}
          </Button>
          {schema.maxLevels > path.length && (
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconFolderPlus size={14} />}
              onClick={() => group.addGroup()}
            >
              {t('if.addGroup')}
            </Button>
          )}
        </Group>
      )}
    </Box>
  )
})
