import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FieldPath, Option } from '../../data/catalogue.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import { DescribedField } from './field.tsx'

interface Props {
  /** What the server says can be set: of a format, a retry policy, a source. */
  options: Option[]
  /** What is set; what is left out stands at its default. */
  value: JsonObject
  onChange: (value: JsonObject) => void
  /** Where the settings stand: `request.options`. Each field's own path begins with it. */
  path: string
  /** What is wrong at a path, in words. */
  problemOf?: (path: string) => ReactNode
  /** What texts and rows can name; without them fields are typed. */
  paths?: readonly FieldPath[]
  kinds?: readonly string[]
  disabled?: boolean
}

/** Settings drawn from their description. Every form of a format, a policy or a source is this one. */
export function DescribedForm({
  options,
  value,
  onChange,
  path,
  problemOf = noProblem,
  paths,
  kinds = [],
  disabled = false,
}: Props) {
  if (options.length === 0) return null
  return (
    <Stack gap="md">
      {options.map((option) => {
        const at = path === '' ? option.name : `${path}.${option.name}`
        return (
          <DescribedField
            key={option.name}
            option={option}
            value={value[option.name] ?? option.default}
            onChange={(set: Json) => onChange({ ...value, [option.name]: set })}
            path={at}
            problemOf={problemOf}
            paths={paths}
            kinds={kinds}
            disabled={disabled}
          />
        )
      })}
    </Stack>
  )
}

function noProblem(): null {
  return null
}
