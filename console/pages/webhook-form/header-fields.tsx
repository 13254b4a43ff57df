import { Button, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Rows } from '../../parts/described-form/rows.tsx'
import { focusLastRow } from '../../parts/row-focus.ts'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { SecretInput } from './secret-input.tsx'
import { useField, useProblemAt } from './use-field.ts'

interface Header {
  name: string
  value: string
}

/** Headers of the user's own, such as a key of the receiver. */
export function HeaderFields() {
  const { t } = useTranslation('form')
  const { initial, readOnly } = useWebhookForm()
  const { value: headers, set, input } = useField<Header[]>('request.headers')
  const problemAt = useProblemAt()
  const kept = new Set(initial.request.headers.map(({ name }) => name.toLowerCase()))
  return (
    <Stack gap="xs" data-field="request.headers" tabIndex={-1}>
      <Text size="xs" c="dimmed">
        {t('headers.about')}
      </Text>
      <Rows label={t('field.headers')} rows={headers} onChange={set} disabled={readOnly}>
        {(header, change, index) => {
          const at = `request.headers[${index}]`
          return (
            <div className={classes.header}>
              <TextInput
                aria-label={t('rows.cell', { column: t('field.headerName'), row: index + 1 })}
                placeholder={t('field.headerName')}
                value={header.name}
                disabled={readOnly}
                spellCheck={false}
                autoComplete="off"
                error={problemAt(`${at}.name`)}
                data-field={`${at}.name`}
                onChange={(typed) => change({ ...header, name: typed.currentTarget.value })}
              />
              <SecretInput
                aria-label={t('rows.cell', { column: t('field.headerValue'), row: index + 1 })}
                placeholder={t('field.headerValue')}
                value={header.value}
                disabled={readOnly}
                kept={kept.has(header.name.toLowerCase())}
                error={problemAt(`${at}.value`)}
                data-field={`${at}.value`}
                onChange={(typed) => change({ ...header, value: typed })}
              />
            </div>
          )
        }}
      </Rows>
      {input.error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {input.error}
        </Text>
      )}
      {!readOnly && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={(click) => {
            set([...headers, { name: '', value: '' }])
            focusLastRow(click.currentTarget.parentElement)
          }}
        >
          {t('headers.add')}
        </Button>
      )}
    </Stack>
  )
}
