import { Combobox, InputBase, ScrollArea, Text, useCombobox, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findEventType, useCatalogue } from '../../../data/catalogue.ts'
import type { CrmEvent } from '../../../data/events.ts'
import { recordName } from '../../../data/records.ts'
import { Time } from '../../../parts/time.tsx'

interface Props {
  events: readonly CrmEvent[]
  value: string | null
  onChange: (id: string) => void
}

/** One of the past events, by the name of its record; names are long, so nothing is cut. */
export function EventSelect({ events, value, onChange }: Props) {
  const { t } = useTranslation('form')
  const catalogue = useCatalogue()
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({
    onDropdownClose() {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setTyped('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const titleOf = ({ type }: CrmEvent) => findEventType(catalogue, type)?.title ?? type
  const chosen = events.find(({ id }) => id === value)
  const wanted = typed.trim().toLowerCase()
  const found = events.filter((event) =>
    `${nameOf(event)} ${titleOf(event)} ${event.record.id}`.toLowerCase().includes(wanted),
  )
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      middlewares={{ flip: true, shift: true }}
      onOptionSubmit={(id) => {
        onChange(id)
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
          style={{ flex: 1, minWidth: 0 }}
        >
          <VisuallyHidden>{t('try.event')}: </VisuallyHidden>
          {chosen ? <Line event={chosen} title={titleOf(chosen)} /> : t('if.choose')}
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(change) => {
            setTyped(change.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder={t('try.findEvent')}
          aria-label={t('try.findEvent')}
        />
        {combobox.dropdownOpened && (
          <Combobox.Options aria-label={t('try.event')}>
            <ScrollArea.Autosize mah={340} type="auto" scrollbarSize={6}>
              {found.length === 0 && <Combobox.Empty>{t('if.nothingFound')}</Combobox.Empty>}
              {found.map((event) => (
                <Combobox.Option key={event.id} value={event.id} active={event.id === value}>
                  <Line event={event} title={titleOf(event)} />
                </Combobox.Option>
              ))}
            </ScrollArea.Autosize>
          </Combobox.Options>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}

const nameOf = ({ record, current }: CrmEvent) => recordName({ id: record.id, fields: current })

function Line({ event, title }: { event: CrmEvent; title: string }) {
  return (
    <>
      <Text span size="sm" display="block" lh={1.35} style={{ overflowWrap: 'anywhere' }}>
        {nameOf(event)}
      </Text>
      <Text span size="xs" c="dimmed" display="block">
        {title} · <Time at={event.occurred_at} />
      </Text>
    </>
  )
}
