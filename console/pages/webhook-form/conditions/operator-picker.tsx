import { type ComboboxData, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Operator } from '../../../data/catalogue.ts'
import { useConditionScene } from './condition-scene.ts'

interface Props {
  value: string
  offered: Operator[]
  onChange: (name: string) => void
  label: string
  error: string | null
  disabled: boolean
}

/** How the field is compared: what it is now, or what the change did to it. */
export function OperatorPicker({ value, offered, onChange, label, error, disabled }: Props) {
  const { t } = useTranslation('form')
  const { words } = useConditionScene()
  const title = words.operator(value)?.title ?? value
  return (
    <Select
      aria-label={label}
      value={value === '' ? null : value}
      onChange={(name) => name !== null && onChange(name)}
      data={optionsOf(offered, value, title, t('if.now'), t('if.change'))}
      allowDeselect={false}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={360}
      title={title}
      error={error}
      disabled={disabled}
    />
  )
}

function optionsOf(
  offered: Operator[],
  chosen: string,
  title: string,
  now: string,
  change: string,
): ComboboxData {
  const item = (operator: Operator) => ({ value: operator.name, label: operator.title })
  const plain = offered.filter(({ transition }) => !transition).map(item)
  const transitions = offered.filter(({ transition }) => transition).map(item)
  const missing = chosen !== '' && !offered.some(({ name }) => name === chosen)
  return [
    ...(missing ? [{ value: chosen, label: title }] : []),
    ...(transitions.length > 0
      ? [
          { group: now, items: plain },
          { group: change, items: transitions },
        ]
      : plain),
  ]
}
