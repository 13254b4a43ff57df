import {
  type ComboboxData,
  type ComboboxLikeRenderOptionInput,
  type ComboboxItem,
  Group,
  MultiSelect,
  Text,
} from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ColorDot, LongSelect } from './long-select.tsx'
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
    <LongSelect
      label={label}
      placeholder={t('if.choose')}
      searchLabel={t('if.find')}
      value={text === '' ? null : text}
      onChange={onChange}
      options={headed(withMissing(options, [text])).map((option) => ({ ...option, title: option.label }))}
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

/** One pipeline needs no heading. */
function headed(options: ValueOption[]): ValueOption[] {
  const groups = new Set(options.flatMap(({ group }) => (group === undefined ? [] : [group])))
  return groups.size > 1 ? options : options.map(({ value, label, color }) => ({ value, label, color }))
}

function grouped(options: ValueOption[]): ComboboxData {
  const item = ({ value, label }: ValueOption) => ({ value, label })
  return [...Map.groupBy(headed(options), ({ group }) => group)].flatMap(([group, items]): ComboboxData =>
    group === undefined ? items.map(item) : [{ group, items: items.map(item) }],
  )
}

function renderWith(options: ValueOption[]) {
  return function renderOption({ option, checked }: ComboboxLikeRenderOptionInput<ComboboxItem>) {
    const color = options.find(({ value }) => value === option.value)?.color
    return (
      <Group gap={0} wrap="nowrap" flex={1}>
        {color && <ColorDot color={color} />}
        <Text size="sm" style={{ flex: 1, overflowWrap: 'anywhere' }}>
          {option.label}
        </Text>
        {checked && <IconCheck size={14} aria-hidden />}
      </Group>
    )
  }
}
