import {
  type ComboboxData,
  type ComboboxLikeRenderOptionInput,
  type ComboboxItem,
  Group,
  MultiSelect,
  Select,
  Text,
} from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ValueOption } from './value-options.ts'
import { listOf, narrowField, textOf, textsOf, type ValueProps } from './value-props.ts'

interface Props extends ValueProps {
  options: ValueOption[]
}

/** A stage, a pipeline, a person, one of some choices. */
export function OneOption({ value, onChange, label, error, disabled, options }: Props) {
  const { t } = useTranslation('form')
  const text = textOf(value)
  return (
    <Select
      aria-label={label}
      placeholder={t('if.choose')}
      value={text === '' ? null : text}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={grouped(withMissing(options, [text]))}
      renderOption={renderWith(options)}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      nothingFoundMessage={t('if.nothingFound')}
      error={error}
      disabled={disabled}
    />
  )
}

export function ManyOptions({ value, onChange, label, error, disabled, options }: Props) {
  const { t } = useTranslation('form')
  const texts = textsOf(value)
  return (
    <MultiSelect
      styles={narrowField}
      aria-label={label}
      placeholder={texts.length === 0 ? t('if.choose') : ''}
      value={texts}
      onChange={(chosen) => onChange(listOf(chosen, value))}
      data={grouped(withMissing(options, texts))}
      renderOption={renderWith(options)}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage={t('if.nothingFound')}
      error={error}
      disabled={disabled}
    />
  )
}

/** What is chosen stays a choice, also where it is gone. */
function withMissing(options: ValueOption[], chosen: string[]): ValueOption[] {
  const missing = chosen.filter((one) => one !== '' && !options.some(({ value }) => value === one))
  return [...missing.map((value) => ({ value, label: value })), ...options]
}

function grouped(options: ValueOption[]): ComboboxData {
  const groups = [...new Set(options.map(({ group }) => group))]
  const item = ({ value, label }: ValueOption) => ({ value, label })
  // One pipeline needs no heading.
  if (groups.filter((group) => group !== undefined).length < 2) return options.map(item)
  return groups.flatMap((group): ComboboxData => {
    const items = options.filter((option) => option.group === group).map(item)
    return group === undefined ? items : [{ group, items }]
  })
}

function renderWith(options: ValueOption[]) {
  return function renderOption({ option, checked }: ComboboxLikeRenderOptionInput<ComboboxItem>) {
    const color = options.find(({ value }) => value === option.value)?.color
    return (
      <Group gap={8} wrap="nowrap" flex={1}>
        {color && <Dot color={color} />}
        <Text size="sm" style={{ flex: 1, overflowWrap: 'anywhere' }}>
          {option.label}
        </Text>
        {checked && <IconCheck size={14} aria-hidden />}
      </Group>
    )
  }
}

function Dot({ color }: { color: string }) {
  return (
    <span aria-hidden style={{ width: 10, height: 10, borderRadius: 5, background: color, flexShrink: 0 }} />
  )
}
