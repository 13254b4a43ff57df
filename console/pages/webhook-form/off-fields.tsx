import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { NumberField, TimeField } from './number-field.tsx'
import { useField } from './use-field.ts'

/** When it is switched off by itself. */
export function OffFields() {
  const { t } = useTranslation('form')
  const { readOnly } = useWebhookForm()
  const { value, set, input } = useField<'disable' | 'retry'>('delivery.on_gone')
  return (
    <Stack gap="md">
      <Text size="xs" c="dimmed">
        {t('off.about')}
      </Text>
      <div className={classes.two}>
        <TimeField
          path="delivery.disable_after_s"
          label={t('field.disableAfter')}
          emptyMeans={t('off.never')}
        />
        <NumberField
          path="delivery.disable_after_failures"
          label={t('field.disableAfterFailures')}
          emptyMeans={t('off.never')}
        />
      </div>
      <Radio.Group
        label={t('field.onGone')}
        value={value}
        error={input.error}
        onChange={(picked) => set(picked === 'retry' ? 'retry' : 'disable')}
      >
        <Stack gap="sm" mt={6} data-field="delivery.on_gone">
          <Radio value="disable" label={t('off.goneDisable')} disabled={readOnly} />
          <Radio value="retry" label={t('off.goneRetry')} disabled={readOnly} />
        </Stack>
      </Radio.Group>
    </Stack>
  )
}
