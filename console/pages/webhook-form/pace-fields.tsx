import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../parts/duration/duration.ts'
import { sum, waitsIn } from './delivery-summaries.ts'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { NumberField, TimeField } from './number-field.tsx'
import { Warning } from './section.tsx'
import { useField } from './use-field.ts'

/** How long it waits, how much goes out at once, and in which order. */
export function PaceFields() {
  const { t, i18n } = useTranslation('form')
  const { draft, readOnly } = useWebhookForm()
  const { value: order, set, input } = useField<'none' | 'record'>('delivery.order')
  const { policy: _policy, ...options } = draft.delivery.retry
  const waits = sum(waitsIn(options))
  return (
    <Stack gap="md">
      <div className={classes.two}>
        <TimeField
          path="delivery.timeout_s"
          label={t('field.timeout')}
          description={t('delivery.timeoutAbout')}
        />
        <NumberField path="delivery.slots" label={t('field.slots')} description={t('delivery.slotsAbout')} />
        <NumberField
          path="delivery.rate_per_s"
          label={t('field.rate')}
          description={t('delivery.rateAbout')}
          emptyMeans={t('delivery.noRate')}
          whole={false}
        />
      </div>
      <Radio.Group
        label={t('field.order')}
        value={order}
        error={input.error}
        onChange={(picked) => set(picked === 'record' ? 'record' : 'none')}
      >
        <Stack gap="sm" mt={6} data-field="delivery.order">
          <Radio
            value="none"
            label={t('order.none')}
            description={t('order.noneAbout')}
            disabled={readOnly}
          />
          <Radio
            value="record"
            label={t('order.record')}
            description={
              waits > 0
                ? t('order.recordCosts', { time: formatDuration(waits, i18n.language) })
                : t('order.recordAbout')
            }
            disabled={readOnly}
          />
        </Stack>
      </Radio.Group>
      <Warning path="delivery.order" />
    </Stack>
  )
}
