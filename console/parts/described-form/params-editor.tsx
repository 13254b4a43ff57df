import { Box, Button, Group, Input, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldPath, Option } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import classes from './described-form.module.css'
import type { Param } from './params.ts'
import { focusLastRow } from '../row-focus.ts'
import { Rows } from './rows.tsx'
import { InsertField } from '../field-picker/insert.tsx'
import { FieldPicker } from '../field-picker/field-picker.tsx'
import { paramNameOf } from './params-editor-name.ts'

interface Props {
  option: Option
  value: JsonObject[]
  onChange: (rows: JsonObject[]) => void
  paths: readonly FieldPath[]
  kinds: readonly string[]
  /** `request.options.params`. */
  path: string
  problemOf: (path: string) => ReactNode
  disabled?: boolean
}

/** Parameters: what each is called, and the record's field or the value that it carries. */
export function ParamsEditor({ option, value, onChange, paths, kinds, path, problemOf, disabled }: Props) {
  const { t } = useTranslation('form')
  const rows = value as unknown as Param[]
  const change = (changed: Param[]) => onChange(changed as unknown as JsonObject[])
  const [name, from, content] = option.columns as [Option, Option, Option]
  const names = rows.map((row) => row.name)
  const box = useRef<HTMLDivElement>(null)
  const add = (row: Param) => {
    change([...rows, row])
    focusLastRow(box.current)
  }
  const full = rows.length >= (option.maxItems ?? Infinity)
  return (
    <Input.Wrapper label={option.title} labelElement="div" error={problemOf(path)}>
      <Box ref={box} className={classes.container} mt={6} data-field={path} tabIndex={-1}>
        <Rows label={option.title} rows={rows} onChange={change} disabled={disabled ?? false}>
          {(row, set, index) => (
            <div className={classes.param}>
              <TextInput
                aria-label={t('rows.cell', { column: name.title, row: index + 1 })}
                placeholder={name.title}
                value={row.name}
                disabled={disabled}
                maxLength={name.max}
                spellCheck={false}
                autoComplete="off"
                error={problemOf(`${path}[${index}].name`)}
                data-field={`${path}[${index}].name`}
                styles={{
                  input: {
                    fontFamily: 'var(--mantine-font-family-monospace)',
                    fontSize: 'var(--mantine-font-size-xs)',
                  },
                }}
                onChange={(typed) => set({ ...row, name: typed.currentTarget.value })}
              />
              <Select
                aria-label={t('rows.cell', { column: from.title, row: index + 1 })}
                data={(from.choices ?? []).map((choice) => ({ value: choice.value, label: choice.title }))}
                value={row.from}
                disabled={disabled}
                allowDeselect={false}
                withCheckIcon={false}
                error={problemOf(`${path}[${index}].from`)}
                onChange={(picked) =>
                  set({ ...row, from: picked === 'field' ? 'field' : 'value', value: '' })
                }
              />
              {row.from === 'field' ? (
                <FieldPicker
                  label={t('rows.cell', { column: content.title, row: index + 1 })}
                  value={row.value}
                  paths={paths}
                  kinds={kinds}
                  disabled={disabled ?? false}
                  error={problemOf(`${path}[${index}].value`)}
                  data-field={`${path}[${index}].value`}
                  onChange={(picked) =>
                    set({ ...row, value: picked, name: row.name || paramNameOf(picked, names) })
                  }
                />
              ) : (
                <TextInput
                  aria-label={t('rows.cell', { column: content.title, row: index + 1 })}
                  placeholder={from.choices?.find((choice) => choice.value === 'value')?.title}
                  value={row.value}
                  disabled={disabled}
                  maxLength={content.max}
                  error={problemOf(`${path}[${index}].value`)}
                  data-field={`${path}[${index}].value`}
                  onChange={(typed) => set({ ...row, value: typed.currentTarget.value })}
                />
              )}
            </div>
          )}
        </Rows>
        {!disabled && !full && (
          <Group gap="xs" mt={8}>
            <InsertField
              paths={paths}
              kinds={kinds}
              title={t('rows.addField')}
              onPick={(picked) => add({ name: paramNameOf(picked, names), from: 'field', value: picked })}
            />
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              onClick={() => add({ name: '', from: 'value', value: '' })}
            >
              {t('rows.addValue')}
            </Button>
          </Group>
        )}
      </Box>
    </Input.Wrapper>
  )
}
