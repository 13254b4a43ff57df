import { Combobox, Group, TextInput, useCombobox } from '@mantine/core'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { InsertField, withPlaceholder } from '../../parts/field-picker/insert.tsx'
import { FieldOptions } from '../../parts/field-picker/field-picker.tsx'
import { payloadPaths } from '../../parts/field-picker/search.ts'
import { AskMark } from './asks.tsx'
import { useWebhookForm } from './form-state.ts'
import { InspectorButton } from './inspector-button.tsx'
import { pathsOf, subscribedTypes } from './subscribed.ts'
import { openPlaceholder } from './url-placeholder.ts'
import { useField } from './use-field.ts'

/** What texts of this webhook can name, and the kinds that they are of. */
export function usePayloadPaths() {
  const { draft } = useWebhookForm()
  const catalogue = useCatalogue()
  const { events, scope, entering } = draft
  return useMemo(() => {
    const types = subscribedTypes({ events, scope, entering }, catalogue)
    const ofServer = types.filter(({ kind }) => !catalogue.kinds.some(({ name }) => name === kind))
    return {
      paths: payloadPaths(pathsOf(types, catalogue), ofServer),
      kinds: [...new Set(types.map(({ kind }) => kind))],
    }
  }, [events, scope, entering, catalogue])
}

/** The address, with fields in it: after `{{` they are offered as one types. */
export function UrlField() {
  const { t } = useTranslation('form')
  const { readOnly } = useWebhookForm()
  const { value, set, input } = useField<string>('request.url')
  const { paths, kinds } = usePayloadPaths()
  const field = useRef<HTMLInputElement>(null)
  const [cursor, setCursor] = useState(0)
  const combobox = useCombobox()
  const open = openPlaceholder(value, cursor)
  const typed = open?.typed
  const pickFirst = useEffectEvent(() => combobox.selectFirstOption())
  useEffect(() => {
    if (typed !== undefined) pickFirst()
  }, [typed])

  return (
    <div>
      <Combobox
        store={combobox}
        position="bottom-start"
        onOptionSubmit={(path) => {
          if (open) set(`${value.slice(0, open.start)}{{ ${path} }}${value.slice(open.end)}`)
          combobox.closeDropdown()
        }}
      >
        <Combobox.DropdownTarget>
          <Combobox.EventsTarget withKeyboardNavigation={open !== null}>
            <TextInput
              ref={field}
              {...input}
              label={t('field.url')}
              description={<AskMark path="request.url" />}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              value={value}
              type="url"
              inputMode="url"
              maxLength={10_000}
              placeholder="https://erp.example/hooks/{{ record.id }}"
              autoComplete="off"
              spellCheck={false}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              onChange={(change) => {
                const { value: text, selectionStart } = change.currentTarget
                const at = selectionStart ?? text.length
                set(text)
                setCursor(at)
                if (openPlaceholder(text, at)) combobox.openDropdown()
                else combobox.closeDropdown()
              }}
              onSelect={(moved) => setCursor(moved.currentTarget.selectionStart ?? 0)}
              onBlur={() => combobox.closeDropdown()}
            />
          </Combobox.EventsTarget>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={open === null}>
          {combobox.dropdownOpened && open && (
            <FieldOptions
              label={t('fields.insert')}
              typed={open.typed}
              paths={paths}
              kinds={kinds}
              knownOnly
            />
          )}
        </Combobox.Dropdown>
      </Combobox>
      {!readOnly && (
        <Group gap="xs" mt={8}>
          <InspectorButton />
          <InsertField
            paths={paths}
            kinds={kinds}
            onPick={(path) => {
              set(withPlaceholder(value, path, field.current))
              field.current?.focus()
            }}
          />
        </Group>
      )}
    </div>
  )
}
