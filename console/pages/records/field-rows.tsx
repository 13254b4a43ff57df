import { Box, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownField } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import { type RecordNames, RecordValue } from '../../parts/record/value.tsx'
import classes from './field-rows.module.css'
import { FieldEditor } from './field-editor.tsx'

interface Props {
  kind: string
  fields: KnownField[]
  values: JsonObject
  names: RecordNames
  /** Without it the values are only shown. */
  onChange?: ((changes: JsonObject) => void) | undefined
  /** What is not saved yet. */
  changed?: JsonObject
  problems?: Map<string, string>
}

/** Fields under each other, each with its label and the control of its type. */
export function FieldRows({ kind, fields, values, names, onChange, changed = {}, problems }: Props) {
  const { t } = useTranslation('pipelines')
  const prefix = useId()
  if (!onChange) {
    const pipelineId = typeof values.pipeline_id === 'string' ? values.pipeline_id : null
    return (
      <Box component="dl" className={classes.rows}>
        {fields.map((field) => (
          <div key={field.name} className={classes.row}>
            <Text component="dt" size="sm" c="dimmed" className={classes.label}>
              {field.title}
            </Text>
            <Text component="dd" size="sm" m={0} className={classes.shown}>
              <RecordValue
                value={values[field.name] ?? null}
                field={field}
                kind={kind}
                pipelineId={pipelineId}
                names={names}
              />
            </Text>
          </div>
        ))}
      </Box>
    )
  }
  return (
    <div className={classes.rows}>
      {fields.map((field) => {
        const id = `${prefix}-${field.name}`
        return (
          <div
            key={field.name}
            className={classes.row}
            data-changed={Object.hasOwn(changed, field.name) || undefined}
          >
            <div className={classes.label}>
              <Text component="label" htmlFor={id} size="sm">
                {field.title}
              </Text>
              {field.origin === 'discovered' && (
                <Text size="xs" c="dimmed">
                  {t('field.discovered')}
                </Text>
              )}
            </div>
            <div className={classes.control}>
              <FieldEditor
                id={id}
                field={field}
                kind={kind}
                value={values[field.name] ?? null}
                values={values}
                names={names}
                error={problems?.get(field.name)}
                onChange={(value, also = {}) => onChange({ [field.name]: value, ...also })}
              />
            </div>
          </div>
        )
      })}
    </div>
  )
}
