import { Radio, SegmentedControl, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AskMark } from './asks.tsx'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'
import { NumberField, TimeField } from './number-field.tsx'
import { Warning } from './section.tsx'
import { useField } from './use-field.ts'

/** How often it fires, and how long after the event it is sent. */
export function FiringFields() {
  const { t } = useTranslation('form')
  const { readOnly } = useWebhookForm()
  const fire = useField<'each_time' | 'becomes_true'>('fire')
  const per = useField<'record' | 'contact'>('limits.per')
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('field.fire')}
        value={fire.value}
        error={fire.input.error}
        onChange={(picked) => fire.set(picked === 'becomes_true' ? 'becomes_true' : 'each_time')}
      >
        <Stack gap="sm" mt={6} data-field="fire">
          <Radio
            value="each_time"
            label={t('fire.each_time')}
            description={t('fire.eachTimeAbout')}
            disabled={readOnly}
          />
          <Radio
            value="becomes_true"
            label={t('fire.becomes_true')}
            description={t('fire.becomesTrueAbout')}
            disabled={readOnly}
          />
        </Stack>
      </Radio.Group>
      <Warning path="fire" />
      <div data-field="limits">
        <Text size="sm" fw={500} id="limits-per">
          {t('field.limits')}
        </Text>
        <Text size="xs" c="dimmed" component="div" mb={6}>
          <AskMark path="limits">{t('limits.about')}</AskMark>
        </Text>
        <SegmentedControl
          aria-labelledby="limits-per"
          className={classes.segments}
          value={per.value}
          disabled={readOnly}
          onChange={(picked) => per.set(picked === 'contact' ? 'contact' : 'record')}
          data={[
            { value: 'record', label: t('limits.record') },
            { value: 'contact', label: t('limits.contact') },
          ]}
        />
      </div>
      <div className={classes.two}>
        <NumberField path="limits.per_record" label={t('field.perRecord')} emptyMeans={t('limits.any')} />
        <TimeField
          path="limits.min_interval_s"
          label={t('field.minInterval')}
          emptyMeans={t('limits.noPause')}
        />
        <TimeField path="delay_s" label={t('field.delay')} zeroMeans={t('limits.atOnce')} />
      </div>
    </Stack>
  )
}
