import { Combobox, InputBase, ScrollArea, Text, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchableDropdown } from '../../../../parts/searchable-dropdown.tsx'

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
  const chosen = options.find((option) => option.value === value)
  return (
    <SearchableDropdown
      searchLabel={searchLabel}
      onPick={onChange}
      onSearch={onSearch}
      renderTarget={(toggle) => (
        <InputBase
          component="button"
          type="button"
          pointer
          multiline
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={toggle}
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
      )}
      renderOptions={(typed) => (
        <Options label={label} value={value} options={onSearch ? options : optionsLike(typed, options)} />
      )}
    />
  )
}

function optionsLike(typed: string, options: readonly LongOption[]): LongOption[] {
  const wanted = typed.trim().toLowerCase()
  return options.filter(({ title, value }) => `${title} ${value}`.toLowerCase().includes(wanted))
}

function Options({ label, value, options }: Pick<Props, 'label' | 'value' | 'options'>) {
  const { t } = useTranslation('form')
  return (
    <Combobox.Options aria-label={label}>
      <ScrollArea.Autosize mah={320} type="auto" scrollbarSize={6}>
        {options.length === 0 && <Combobox.Empty>{t('if.nothingFound')}</Combobox.Empty>}
        {[...Map.groupBy(options, ({ group }) => group)].map(([group, inGroup]) => (
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
