import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconFilter, IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import type { Condition, Rule } from '../../../data/condition.ts'
import { useNames } from '../../../data/names.ts'
import { conditionText, type ConditionWords, ruleText } from '../../../parts/condition/text.ts'
import { useConditionWords } from '../../../parts/condition/words.ts'
import { GuideLink } from '../../../parts/guide-link.tsx'
import { useFolds } from '../folds.ts'
import type { WebhookForm } from '../form-state.ts'
import { Section } from '../section.tsx'
import { subscribedTypes } from '../subscribed.ts'
import { useRowProblems } from './row-problems.ts'
import { useLinkNames } from './link-names.ts'
import { type AskableFields, askableFields } from './scene.ts'
import { suggestedRules } from './suggestions.ts'
import formClasses from '../form.module.css'

const ConditionBuilder = lazy(() =>
  import('./condition-builder.tsx').then(({ ConditionBuilder }) => ({ default: ConditionBuilder })),
)

/** If: which of the events are sent, built in rows and said in words. */
export function ConditionsSection({ form }: { form: WebhookForm }) {
  const { t } = useTranslation('form')
  const catalogue = useCatalogue()
  const { events, scope, entering, conditions } = form.draft
  const types = useMemo(
    () => subscribedTypes({ events, scope, entering }, catalogue),
    [events, scope, entering, catalogue],
  )
  const kinds = useMemo(() => [...new Set(types.map(({ kind }) => kind))], [types])
  const fields = useMemo(() => askableFields(types, catalogue), [types, catalogue])
  const names = useNames(kinds)
  const nameOf = useLinkNames(conditions, fields, names)
  const said = useConditionWords(kinds, nameOf)
  const words = useMemo(
    // What the chosen events know of a field goes before what any kind knows.
    (): ConditionWords => ({ ...said, fieldType: (path) => fields.find(path)?.type ?? said.fieldType(path) }),
    [said, fields],
  )
  const problemAt = useRowProblems(form)
  const { readOnly } = form
  const scene = useMemo(
    () => ({ fields, words, kinds, problemAt, readOnly }),
    [fields, words, kinds, problemAt, readOnly],
  )
  const set = (condition: Condition) => form.set('conditions', condition)
  const isEmpty = conditions.rules.length === 0

  return (
    <Section
      icon={IconFilter}
      title={t('if.title')}
      about={
        <>
          {t('if.about')} <GuideLink name="conditions" />
        </>
      }
    >
      <Stack gap="sm">
        {isEmpty && types.length === 0 && <Text size="sm">{t('if.noEvents')}</Text>}
        {isEmpty && types.length > 0 && (
          <>
            <Text size="sm">
              <b>{t('if.empty')}</b> {!readOnly && t('if.emptyAbout')}
            </Text>
            {!readOnly && <Suggestions condition={conditions} fields={fields} words={words} onAdd={set} />}
          </>
        )}
        {(!isEmpty || (types.length > 0 && !readOnly)) && (
          <Suspense fallback={<Skeleton h={36} />}>
            <ConditionBuilder condition={conditions} onChange={set} scene={scene} />
          </Suspense>
        )}
        {!isEmpty && (
          <p className={formClasses['says']} style={{ margin: 0 }}>
            {conditionText(conditions, words)}
          </p>
        )}
      </Stack>
    </Section>
  )
}

/** A row that stands by itself begins like a sentence: "At least one of … is among Tags". */
function begun(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}

interface SuggestionsProps {
  condition: Condition
  fields: AskableFields
  words: ConditionWords
  onAdd: (condition: Condition) => void
}

/** What is asked most, as rows to take over. */
function Suggestions({ condition, fields, words, onAdd }: SuggestionsProps) {
  const rules = suggestedRules(fields, condition)
  const { goTo } = useFolds()
  const add = (rule: Rule) => {
    onAdd({ ...condition, rules: [...condition.rules, rule] })
    // What is left to say of it.
    goTo(`conditions.rules[${condition.rules.length}].value`)
  }
  return (
    <Group gap="xs">
      {rules.map((rule) => (
        <Button
          key={rule.field}
          variant="default"
          size="compact-sm"
          fw={500}
          h="auto"
          py={4}
          leftSection={<IconPlus size={13} aria-hidden />}
          styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
          onClick={() => add(rule)}
        >
          {begun(ruleText(rule, words), words.language)}
        </Button>
      ))}
    </Group>
  )
}
