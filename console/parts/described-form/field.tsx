import {
  Button,
  Checkbox,
  Group,
  Input,
  NumberInput,
  Radio,
  Select,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldPath, Option } from '../../data/catalogue.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import { DurationInput } from '../duration/input.tsx'
import classes from './described-form.module.css'
import { DurationList } from './durations.tsx'
import { focusLastRow } from '../row-focus.ts'
import { Rows } from './rows.tsx'
import { InsertField, withPlaceholder } from '../field-picker/insert.tsx'
import { areParams } from './params.ts'
import { ParamsEditor } from './params-editor.tsx'

interface Props {
  option: Option
  value: Json | undefined
  onChange: (value: Json) => void
  path: string
  problemOf: (path: string) => ReactNode
  paths: readonly FieldPath[] | undefined
  kinds: readonly string[]
  disabled: boolean
  /** In a table's rows below the first, whose labels stand for all. */
  inRow?: number
}

/** What names the input: a label above it, or in rows below the first only for those who do not see the one above. */
function useNaming({ option, inRow = 0 }: Props) {
  const { t } = useTranslation('form')
  const required = option.required ?? false
  if (inRow === 0) return { label: option.title, required }
  const name = t('rows.cell', { column: option.title, row: inRow + 1 })
  return { 'aria-label': name, placeholder: option.title }
}

/** Texts that may be longer than this are written in several lines. */
const lineCharactersMax = 1000
/** As many choices are shown side by side; more go into a list. */
const radiosMax = 4

/** One setting, by its type. Names that end in `_s` are spans of time, in seconds. */
export function DescribedField(props: Props) {
  const { option } = props
  const isTime = option.name.endsWith('_s')
  switch (option.type) {
    case 'choice':
      return <ChoiceField {...props} />
    case 'text':
      return (option.max ?? Infinity) > lineCharactersMax ? <LongText {...props} /> : <ShortText {...props} />
    case 'number':
      return isTime ? <TimeField {...props} /> : <NumberField {...props} />
    case 'boolean':
      return <BooleanField {...props} />
    case 'numbers':
      return isTime ? <DurationList {...props} /> : <NumbersField {...props} />
    case 'rows':
      return props.paths && areParams(option) ? (
        <ParamsEditor {...props} paths={props.paths} value={rowsOf(props.value)} />
      ) : (
        <RowsField {...props} />
      )
  }
}

function ChoiceField(props: Props) {
  const { option, value, onChange, path, problemOf, disabled, inRow } = props
  const naming = useNaming(props)
  const choices = option.choices ?? []
  const chosen = typeof value === 'string' ? value : null
  if (choices.length > radiosMax || inRow !== undefined) {
    return (
      <Select
        {...naming}
        data={choices.map((choice) => ({ value: choice.value, label: choice.title }))}
        value={chosen}
        allowDeselect={false}
        disabled={disabled}
        error={problemOf(path)}
        data-field={path}
        onChange={(picked) => picked !== null && onChange(picked)}
      />
    )
  }
  return (
    <Radio.Group
      label={option.title}
      value={chosen}
      onChange={onChange}
      error={problemOf(path)}
      required={option.required ?? false}
    >
      <Group gap="md" mt={6} style={{ rowGap: 8 }} data-field={path}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} label={choice.title} disabled={disabled} />
        ))}
      </Group>
    </Radio.Group>
  )
}

function ShortText(props: Props) {
  const { option, value, onChange, path, problemOf, disabled } = props
  const naming = useNaming(props)
  return (
    <TextInput
      {...naming}
      value={typeof value === 'string' ? value : ''}
      maxLength={option.max}
      disabled={disabled}
      error={problemOf(path)}
      data-field={path}
      onChange={(typed) => onChange(typed.currentTarget.value)}
    />
  )
}

function LongText({ option, value, onChange, path, problemOf, paths, kinds, disabled }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = typeof value === 'string' ? value : ''
  return (
    <Stack gap={6}>
      <Textarea
        ref={field}
        className={classes.code}
        label={option.title}
        required={option.required ?? false}
        value={text}
        maxLength={option.max}
        autosize
        minRows={4}
        maxRows={18}
        spellCheck={false}
        disabled={disabled}
        error={problemOf(path)}
        data-field={path}
        onChange={(typed) => onChange(typed.currentTarget.value)}
      />
      {paths && !disabled && (
        <Group>
          <InsertField
            paths={paths}
            kinds={kinds}
            onPick={(picked) => {
              onChange(withPlaceholder(text, picked, field.current))
              field.current?.focus()
            }}
          />
        </Group>
      )}
    </Stack>
  )
}

function NumberField(props: Props) {
  const { option, value, onChange, path, problemOf, disabled } = props
  const naming = useNaming(props)
  return (
    <NumberInput
      {...naming}
      value={typeof value === 'number' ? value : ''}
      min={option.min}
      max={option.max}
      clampBehavior="none"
      disabled={disabled}
      error={problemOf(path)}
      data-field={path}
      maw={220}
      onChange={(typed) => typeof typed === 'number' && onChange(typed)}
    />
  )
}

function TimeField({ option, value, onChange, path, problemOf, disabled }: Props) {
  return (
    <DurationInput
      label={option.title}
      value={typeof value === 'number' ? value : null}
      disabled={disabled}
      error={problemOf(path)}
      data-field={path}
      onChange={(seconds) => seconds !== null && onChange(seconds)}
    />
  )
}

function BooleanField({ option, value, onChange, path, problemOf, disabled }: Props) {
  return (
    <Checkbox
      label={option.title}
      checked={value === true}
      disabled={disabled}
      error={problemOf(path)}
      data-field={path}
      onChange={(ticked) => onChange(ticked.currentTarget.checked)}
    />
  )
}

function NumbersField({ option, value, onChange, path, problemOf, disabled }: Props) {
  const { t } = useTranslation('form')
  const numbers = Array.isArray(value) ? value : []
  return (
    <TagsInput
      label={option.title}
      required={option.required ?? false}
      value={numbers.map(String)}
      maxTags={option.maxItems}
      allowDuplicates
      disabled={disabled}
      error={problemOf(path)}
      description={t('rows.enter')}
      inputMode="decimal"
      data-field={path}
      onChange={(typed) => onChange(typed.map(Number).filter(Number.isFinite))}
    />
  )
}

function RowsField(props: Props) {
  const { option, value, onChange, path, problemOf, paths, kinds, disabled } = props
  const { t } = useTranslation('form')
  const rows = rowsOf(value)
  const columns = option.columns ?? []
  return (
    <Input.Wrapper
      label={option.title}
      labelElement="div"
      required={option.required ?? false}
      error={problemOf(path)}
    >
      <div className={classes.container} data-field={path} tabIndex={-1}>
        <Rows label={option.title} rows={rows} onChange={onChange} disabled={disabled}>
          {(row, set, index) =>
            columns.map((column) => (
              <DescribedField
                key={column.name}
                option={column}
                inRow={index}
                value={row[column.name] ?? column.default}
                onChange={(cell) => set({ ...row, [column.name]: cell })}
                path={`${path}[${index}].${column.name}`}
                problemOf={problemOf}
                paths={paths}
                kinds={kinds}
                disabled={disabled}
              />
            ))
          }
        </Rows>
        {!disabled && rows.length < (option.maxItems ?? Infinity) && (
          <Button
            variant="default"
            size="compact-sm"
            mt={8}
            leftSection={<IconPlus size={14} />}
            onClick={(click) => {
              onChange([...rows, emptyRow(columns)])
              focusLastRow(click.currentTarget.parentElement)
            }}
          >
            {t('rows.add')}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  )
}

function emptyRow(columns: readonly Option[]): JsonObject {
  return Object.fromEntries(
    columns.map(({ name, type, default: start, choices }) => [
      name,
      start ?? (type === 'choice' ? (choices?.[0]?.value ?? '') : type === 'number' ? 0 : ''),
    ]),
  )
}

function rowsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as JsonObject[]) : []
}
