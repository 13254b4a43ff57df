import { Combobox, InputBase, ScrollArea, Text, useCombobox, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface LongOption {
  value: string
  title: string
  /** Small, under it. */
  about?: ReactNode
  /** A dot before it, as CSS writes it. */
  color?: string | null | undefined
  /** The heading under which it stands. */
  group?: string | undefined
}

interface Props {
  label: string
  placeholder: string
  /** Of the field in which one types. */
  searchLabel: string
  value: string | null
  options: readonly LongOption[]
  onChange: (value: string) => void
  /** The options are found by somebody else; without it they are filtered here. */
  onSearch?: (typed: string) => void
  error?: string | null
  disabled?: boolean
}

/** One of many whose names are long: nothing is cut, and one types to find. */
export function LongSelect({
  label,
  placeholder,
  searchLabel,
  value,
  options,
  onChange,
  onSearch,
  error,
  disabled,
}: Props) {
  const { t } = useTranslation('form')
  const [typed, setTyped] = useState('')
  const type = (text: string) => {
    setTyped(text)
    onSearch?.(text)
  }
  const combobox = useCombobox({
    onDropdownClose() {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      type('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const chosen = options.find((option) => option.value === value)
  const wanted = typed.trim().toLowerCase()
  const found = onSearch
    ? options
    : options.filter(({ title, value: id }) => `${title} ${id}`.toLowerCase().includes(wanted))
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      middlewares={{ flip: true, shift: true }}
      onOptionSubmit={(picked) => {
        onChange(picked)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">
        <InputBase
          component="button"
          type="button"
          pointer
          multiline
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.toggleDropdown()}
          error={error}
          disabled={disabled}
          style={{ flex: 1, minWidth: 0 }}
        >
          <VisuallyHidden>{label}: </VisuallyHidden>
          {chosen ? (
            <Line option={chosen} />
          ) : (
            <Text span size="sm" c="dimmed">
              {value ?? placeholder}
            </Text>
          )}
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(change) => {
            type(change.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder={searchLabel}
          aria-label={searchLabel}
        />
        {combobox.dropdownOpened && (
          <Combobox.Options aria-label={label}>
            <ScrollArea.Autosize mah={320} type="auto" scrollbarSize={6}>
              {found.length === 0 && <Combobox.Empty>{t('if.nothingFound')}</Combobox.Empty>}
              {[...Map.groupBy(found, ({ group }) => group)].map(([group, inGroup]) => (
                <Combobox.Group key={group ?? ''} label={group}>
                  {inGroup.map((option) => (
                    <Combobox.Option key={option.value} value={option.value} active={option.value === value}>
                      <Line option={option} />
                    </Combobox.Option>
                  ))}
                </Combobox.Group>
              ))}
            </ScrollArea.Autosize>
          </Combobox.Options>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Line({ option: { title, about, color } }: { option: LongOption }) {
  return (
    <>
      <Text span size="sm" display="block" lh={1.4} style={{ overflowWrap: 'anywhere' }}>
        {color && <ColorDot color={color} />}
        {title}
      </Text>
      {about && (
        <Text span size="xs" c="dimmed" display="block">
          {about}
        </Text>
      )}
    </>
  )
}

/** The colour of a stage, before its name. */
export function ColorDot({ color }: { color: string }) {
  const size = 10
  return (
    <span
      aria-hidden
      style={{
        display: 'inline-block',
        width: size,
        height: size,
        marginInlineEnd: 8,
        borderRadius: size,
        background: color,
        flexShrink: 0,
      }}
    />
  )
}
