import { Combobox, Group, Input, Pill, PillsInput, Text, useCombobox } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import classes from './event-picker.module.css'
import { type FoundEvent, searchEvents } from './search.ts'
import { useEventOptions } from './use-event-options.ts'

interface Props {
  label: string
  description?: ReactNode
  error?: ReactNode
  /** Types and patterns. */
  value: string[]
  onChange: (events: string[]) => void
  required?: boolean
  disabled?: boolean
  'data-field'?: string
}

/** How many are shown of what was found: more is not read, and typing finds the rest. */
const shownMax = 60

/** Events found by typing, under any system's own name; the chosen ones stand as chips. */
export function EventPicker({
  label,
  description,
  error,
  value,
  onChange,
  required,
  disabled,
  ...rest
}: Props) {
  const { t } = useTranslation('form')
  const { kinds } = useCatalogue()
  const options = useEventOptions()
  const [typed, setTyped] = useState('')
  const id = useId()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useMemo(() => searchEvents(options, typed), [options, typed])
  const shown = typed.trim() === '' ? found : found.slice(0, shownMax)
  const titleOf = (event: string) => options.find((option) => option.value === event)?.title ?? event
  const headingOf = (group: string) =>
    group === 'any' || group === 'system'
      ? t(`events.group.${group}`)
      : (kinds.find(({ name }) => name === group)?.plural ?? group)

  const toggle = (event: string) => {
    onChange(value.includes(event) ? value.filter((one) => one !== event) : [...value, event])
    setTyped('')
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={toggle}
      position="bottom-start"
      middlewares={{ flip: true, shift: true }}
    >
      <Combobox.DropdownTarget>
        <Input.Wrapper id={id} label={label} description={description} error={error} required={required}>
          <PillsInput
            onClick={() => combobox.openDropdown()}
            disabled={disabled}
            error={Boolean(error)}
            mt={description ? 6 : 0}
            mb={error ? 4 : 0}
          >
            <Pill.Group>
              {value.map((event) => (
                <Pill
                  key={event}
                  className={classes.chip}
                  withRemoveButton={!disabled}
                  onRemove={() => toggle(event)}
                  title={event}
                >
                  {titleOf(event)}
                </Pill>
              ))}
              <Combobox.EventsTarget>
                <PillsInput.Field
                  id={id}
                  aria-label={label}
                  {...rest}
                  value={typed}
                  disabled={disabled}
                  placeholder={
                    disabled ? undefined : t(value.length === 0 ? 'events.find' : 'events.another')
                  }
                  onFocus={() => combobox.openDropdown()}
                  onBlur={() => {
                    combobox.closeDropdown()
                    setTyped('')
                  }}
                  onChange={(change) => {
                    setTyped(change.currentTarget.value)
                    combobox.openDropdown()
                    combobox.selectFirstOption()
                  }}
                  onKeyDown={(key) => {
                    const last = value.at(-1)
                    if (key.key !== 'Backspace' || typed !== '' || last === undefined) return
                    key.preventDefault()
                    toggle(last)
                  }}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Input.Wrapper>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label} mah={360} className={classes.options} tabIndex={0}>
          {shown.length === 0 && <Combobox.Empty>{t('events.nothing')}</Combobox.Empty>}
          {[...Map.groupBy(shown, ({ group }) => group)].map(([group, events]) => (
            <Combobox.Group key={group} label={headingOf(group)}>
              {events.map((event) => (
                <Option key={event.value} event={event} chosen={value.includes(event.value)} />
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function Option({ event, chosen }: { event: FoundEvent; chosen: boolean }) {
  return (
    <Combobox.Option value={event.value} active={chosen} className={classes.option}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconCheck
          size={16}
          aria-hidden
          style={{ flexShrink: 0, marginTop: 3, visibility: chosen ? 'visible' : 'hidden' }}
        />
        <div style={{ minWidth: 0 }}>
          <Group gap={8} style={{ rowGap: 0 }}>
            <Text size="sm" fw={500}>
              {event.short}
            </Text>
            <Text size="xs" ff="monospace" c="dimmed">
              {event.value}
            </Text>
            {event.alias && (
              <Text size="xs" c="dimmed">
                {event.alias.system}: <b>{event.alias.name}</b>
              </Text>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {event.description}
          </Text>
        </div>
      </Group>
    </Combobox.Option>
  )
}
