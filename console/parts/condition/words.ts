import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type FieldType, type Kind, useCatalogue } from '../../data/catalogue.ts'
import type { NameOf } from '../../data/names.ts'
import { useTimeZone } from '../../data/session.ts'
import type { ConditionWords } from './text.ts'
import { useFieldNames } from '../field-name.ts'
import { useKnownValues } from '../known-values.ts'

const nobody: NameOf = () => undefined

/** All that puts conditions about these kinds into words, in the reader's language. Stages, users… are called as `nameOf` says. */
export function useConditionWords(kinds: readonly string[] = [], nameOf: NameOf = nobody): ConditionWords {
  const { t, i18n } = useTranslation('exchange')
  const catalogue = useCatalogue()
  const timeZone = useTimeZone()
  const { nameOf: fieldName } = useFieldNames(kinds)
  const knownValues = useKnownValues()
  const meant = kinds.join(' ')
  return useMemo(() => {
    const operators = new Map(catalogue.operators.map((operator) => [operator.name, operator]))
    const types = typesOf(catalogue.kinds, meant.split(' '))
    return {
      t,
      language: i18n.language,
      timeZone,
      fieldName,
      fieldType: (path) => types.get(path) ?? 'text',
      operator: (name) => operators.get(name),
      nameOf: (type, id, path) =>
        knownValues(path)?.find(({ value }) => value === id)?.label ?? nameOf(type, id, path),
    }
  }, [catalogue, meant, t, i18n.language, timeZone, fieldName, knownValues, nameOf])
}

/** Two kinds may have a field of one name and different types: the meant ones come last, and win. */
function typesOf(kinds: Kind[], meant: string[]): Map<string, FieldType> {
  const sorted = kinds.toSorted((a, b) => Number(meant.includes(a.name)) - Number(meant.includes(b.name)))
  return new Map(sorted.flatMap(({ paths }) => paths.map(({ path, type }) => [path, type])))
}
