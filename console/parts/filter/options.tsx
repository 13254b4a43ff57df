import { CheckIcon, Combobox, Group, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface FilterOption {
  value: string
  label: string
  /** Smaller, beneath. */
  note?: ReactNode
  group?: string
  /** Found by these words, too. */
  words?: string
}

interface Props {
  /** What is looked for here. */
  label: string
  options: FilterOption[]
  value: string | null
  onPick: (value: string) => void
  /** The options are found elsewhere, by what is typed. */
  asked?: { text: string; onAsk: (text: string) => void; loading: boolean }
  /** A choice of what is typed itself. */
  typed?: (text: string) => FilterOption | null
}

const shownMax = 100

/** A list to pick one from, by typing or with the arrow keys. */
export function FilterOptions({ label, options, value, onPick, asked, typed }: Props) {
  const { t } = useTranslation('history')
  const combobox = useCombobox({ opened: true })
  const [own, setOwn] = useState('')
  const text = asked?.text ?? own
  const needle = text.trim().toLowerCase()
  const found = asked ? options : options.filter((option) => fits(option, needle))
  const extra = needle === '' ? null : (typed?.(text.trim()) ?? null)
  const shown = [...found.slice(0, shownMax), ...(extra ? [extra] : [])]
  const groups = [...new Set(shown.map(({ group }) => group))]

  const change = (next: string) => {
    if (asked) asked.onAsk(next)
    else setOwn(next)
    combobox.resetSelectedOption()
  }

  return (
    <Combobox store={combobox} onOptionSubmit={onPick} size="sm">
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={combobox.listId ?? undefined}
          size="xs"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          placeholder={t('filter.type')}
          aria-label={label}
          leftSection={<IconSearch size={14} />}
          rightSection={asked?.loading ? <Loader size={14} /> : null}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label={label} mah={300} mt={6} style={{ overflowY: 'auto' }}>
        {groups.map((group) => {
          const rows = shown
            .filter((option) => option.group === group)
            .map((option) => <Option key={option.value} option={option} chosen={option.value === value} />)
          return group === undefined ? (
            rows
          ) : (
            <Combobox.Group key={group} label={group}>
              {rows}
            </Combobox.Group>
          )
        })}
        {shown.length === 0 && !asked?.loading && <Combobox.Empty>{t('filter.nothing')}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  )
}

function Option({ option, chosen }: { option: FilterOption; chosen: boolean }) {
  return (
    <Combobox.Option value={option.value} active={chosen} selected={chosen}>
      <Group wrap="nowrap" gap="xs" justify="space-between">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {option.label}
          {option.note && (
            <Text size="xs" c="dimmed" component="div">
              {option.note}
            </Text>
          )}
        </div>
        {chosen && <CheckIcon size={12} />}
      </Group>
    </Combobox.Option>
  )
}

function fits({ label, value, words = '' }: FilterOption, needle: string): boolean {
  return needle === '' || `${label} ${value} ${words}`.toLowerCase().includes(needle)
}
