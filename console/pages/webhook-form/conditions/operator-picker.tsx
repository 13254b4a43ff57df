import { Combobox, InputBase, ScrollArea, useCombobox, VisuallyHidden } from '@mantine/core'
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
  const combobox = useCombobox({
    onDropdownClose: () => combobox.resetSelectedOption(),
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active'),
  })
  const plain = offered.filter(({ transition }) => !transition)
  const transitions = offered.filter(({ transition }) => transition)
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width="max-content"
      middlewares={{ flip: true, shift: true }}
      onOptionSubmit={(name) => {
        onChange(name)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes>
        <InputBase
          component="button"
          type="button"
          pointer
          // Its words may need two lines, in some languages.
          multiline
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.toggleDropdown()}
          error={error}
          disabled={disabled}
        >
          <VisuallyHidden>{label}: </VisuallyHidden>
          {words.operator(value)?.title ?? value}
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label}>
          <ScrollArea.Autosize mah={340} type="auto" scrollbarSize={6}>
            {transitions.length === 0 ? (
              <Choices operators={plain} value={value} />
            ) : (
              <>
                <Combobox.Group label={t('if.now')}>
                  <Choices operators={plain} value={value} />
                </Combobox.Group>
                <Combobox.Group label={t('if.change')}>
                  <Choices operators={transitions} value={value} />
                </Combobox.Group>
              </>
            )}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Choices({ operators, value }: { operators: Operator[]; value: string }) {
  return operators.map(({ name, title }) => (
    <Combobox.Option key={name} value={name} active={name === value} fw={name === value ? 600 : undefined}>
      {title}
    </Combobox.Option>
  ))
}
