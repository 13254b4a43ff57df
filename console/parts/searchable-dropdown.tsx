import { Combobox, type ComboboxProps, useCombobox } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface Props extends Pick<ComboboxProps, 'position' | 'width'> {
  /** Of the field in which one types. */
  searchLabel: string
  /** Not narrower than this, in pixels, also where it should be as wide as the button. */
  widthMin?: number
  /** The button; it calls `toggle` when it is pressed. */
  renderTarget: (toggle: () => void) => ReactNode
  /** What is found by what was typed: a `Combobox.Options`. */
  renderOptions: (typed: string) => ReactNode
  onPick: (value: string) => void
  onSearch?: (typed: string) => void
  /** Once it is closed the button has the focus again. */
  returnsFocus?: boolean
}

/** A list beneath a button, in which one types to find. */
export function SearchableDropdown({
  position = 'bottom-start',
  width = 'target',
  searchLabel,
  widthMin,
  renderTarget,
  renderOptions,
  onPick,
  onSearch,
  returnsFocus = true,
}: Props) {
  const [typed, setTyped] = useState('')
  const type = (text: string) => {
    setTyped(text)
    onSearch?.(text)
  }
  const combobox = useCombobox({
    onDropdownClose() {
      combobox.resetSelectedOption()
      if (returnsFocus) combobox.focusTarget()
      type('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  return (
    <Combobox
      store={combobox}
      position={position}
      width={width}
      middlewares={{ flip: true, shift: true }}
      onOptionSubmit={(value) => {
        onPick(value)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">{renderTarget(() => combobox.toggleDropdown())}</Combobox.Target>
      <Combobox.Dropdown miw={widthMin}>
        <Combobox.Search
          value={typed}
          onChange={(change) => {
            type(change.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder={searchLabel}
          aria-label={searchLabel}
        />
        {combobox.dropdownOpened && renderOptions(typed)}
      </Combobox.Dropdown>
    </Combobox>
  )
}
