import { Combobox, Group, InputBase, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldPath } from '../../data/catalogue.ts'
import classes from '../event-picker/event-picker.module.css'
import { useFieldNames } from '../field-name.ts'
import { SearchableDropdown } from '../searchable-dropdown.tsx'
import { type NamedPath, searchPaths, typedPath } from './search.ts'

interface Props {
  /** Of what is picked, for those who do not see where it stands. */
  label: string
  value: string
  onChange: (path: string) => void
  paths: readonly FieldPath[]
  /** The kinds whose names of fields are meant. */
  kinds: readonly string[]
  error?: ReactNode
  disabled?: boolean
  /** Only known paths may be picked. */
  knownOnly?: boolean
  'data-field'?: string
}

/** A field found by what people call it; its path stands beside it. */
export function FieldPicker({
  label,
  value,
  onChange,
  paths,
  kinds,
  error,
  disabled,
  knownOnly,
  ...rest
}: Props) {
  const { t } = useTranslation('form')
  const { nameOf } = useFieldNames(kinds)
  return (
    <SearchableDropdown
      searchLabel={t('fields.find')}
      widthMin={280}
      onPick={onChange}
      renderTarget={(toggle) => (
        <InputBase
          component="button"
          type="button"
          pointer
          multiline
          disabled={disabled}
          error={error}
          aria-label={
            value === '' ? `${label}: ${t('fields.pick')}` : `${label}: ${spoken(value, nameOf(value))}`
          }
          aria-invalid={Boolean(error) || undefined}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={toggle}
          {...rest}
        >
          {value === '' ? (
            <Text span size="sm" c="dimmed">
              {t('fields.pick')}
            </Text>
          ) : (
            <FieldLabel path={value} name={nameOf(value)} />
          )}
        </InputBase>
      )}
      renderOptions={(typed) => (
        <FieldOptions
          label={label}
          typed={typed}
          paths={paths}
          kinds={kinds}
          knownOnly={knownOnly ?? false}
        />
      )}
    />
  )
}

/** As it is seen, for those who hear it. */
function spoken(path: string, name: string): string {
  return name === path ? name : `${name} ${path}`
}

/** What it is called, and its path where that says more. */
function FieldLabel({ path, name }: { path: string; name: string }) {
  return (
    <Group gap={8} style={{ rowGap: 0 }} component="span">
      <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>{' '}
      {name !== path && (
        <Text span size="xs" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {path}
        </Text>
      )}
    </Group>
  )
}

interface OptionsProps {
  label: string
  typed: string
  paths: readonly FieldPath[]
  kinds: readonly string[]
  knownOnly: boolean
}

/** The list beneath a field or a menu: by groups, with what was typed as the last choice. */
export function FieldOptions({ label, typed, paths, kinds, knownOnly }: OptionsProps) {
  const { t } = useTranslation('form')
  const { nameOf, groupOf } = useFieldNames(kinds)
  const named = useMemo<NamedPath[]>(
    () => paths.map(({ path }) => ({ path, name: nameOf(path), group: groupOf(path) })),
    [paths, nameOf, groupOf],
  )
  const found = searchPaths(named, typed)
  const own = knownOnly ? null : typedPath(typed, named)
  return (
    <Combobox.Options aria-label={label} mah={300} className={classes.options} tabIndex={0}>
      {found.length === 0 && own === null && <Combobox.Empty>{t('fields.nothing')}</Combobox.Empty>}
      {[...Map.groupBy(found, ({ group }) => group)].map(([group, fields]) => (
        <Combobox.Group key={group} label={group}>
          {fields.map(({ path, name }) => (
            <Combobox.Option key={path} value={path} className={classes.option}>
              <FieldLabel path={path} name={name} />
            </Combobox.Option>
          ))}
        </Combobox.Group>
      ))}
      {own !== null && (
        <Combobox.Option value={own} className={classes.option}>
          <Group gap={6} wrap="nowrap">
            <IconPlus size={14} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('fields.own', { path: own })}
            </Text>
          </Group>
        </Combobox.Option>
      )}
    </Combobox.Options>
  )
}
