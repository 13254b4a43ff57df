import { ActionIcon, Button, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FieldShapeInputs } from './field-shape-inputs.tsx'
import type { KindFieldDraft } from './kind-draft.ts'
import classes from './kinds-tab.module.css'

interface Props {
  fields: KindFieldDraft[]
  onChange: (fields: KindFieldDraft[]) => void
  /** What is wrong at a path of the API: `fields.plan.choices`. */
  problem: (path: string) => string | undefined
}

/** The fields of a kind, beside those that its capabilities bring. */
export function KindFields({ fields, onChange, problem }: Props) {
  const { t } = useTranslation('settings')
  const change = (key: string, part: Partial<KindFieldDraft>) =>
    onChange(fields.map((field) => (field.key === key ? { ...field, ...part } : field)))
  return (
    <Stack gap="xs" role="group" aria-label={t('kinds.fields')}>
      <div>
        <Text size="sm" fw={500}>
          {t('kinds.fields')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('kinds.fieldsAbout')}
        </Text>
      </div>
      {fields.map(({ key, name, title, shape }, index) => {
        const called = name.trim() || String(index + 1)
        const at = `fields.${name.trim()}`
        return (
          <div key={key} className={classes['fieldRow']}>
            <div className={classes['fieldInputs']}>
              <TextInput
                aria-label={t('fields.partOf', { part: t('fields.name'), field: called })}
                placeholder={t('fields.name')}
                autoComplete="off"
                spellCheck={false}
                maxLength={100}
                value={name}
                error={problem(at)}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                onChange={(event) => change(key, { name: event.currentTarget.value })}
              />
              <TextInput
                aria-label={t('fields.partOf', { part: t('fields.title'), field: called })}
                placeholder={t('fields.title')}
                autoComplete="off"
                maxLength={200}
                value={title}
                error={problem(`${at}.title`)}
                onChange={(event) => change(key, { title: event.currentTarget.value })}
              />
              <FieldShapeInputs
                of={called}
                value={shape}
                problem={(part) => problem(`${at}.${part}`)}
                onChange={(next) => change(key, { shape: next })}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('kinds.removeField', { name: called })}
              onClick={() => onChange(fields.filter((field) => field.key !== key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        )
      })}
      <div>
        <Button
          variant="light"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            onChange([
              ...fields,
              {
                key: crypto.randomUUID(),
                name: '',
                title: '',
                shape: { type: 'text', choices: [], links: null },
              },
            ])
          }
        >
          {t('kinds.addField')}
        </Button>
      </div>
    </Stack>
  )
}
