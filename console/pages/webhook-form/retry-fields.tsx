import { Radio, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { WebhookSettings } from '../../data/webhooks.ts'
import { DescribedForm } from '../../parts/described-form/described-form.tsx'
import { formatDuration } from '../../parts/duration/duration.ts'
import { sum, waitsIn } from './delivery-summaries.ts'
import { useWebhookForm } from './form-state.ts'
import { TimeField } from './number-field.tsx'
import { waitsOf } from './start-settings.ts'
import { useField, useProblemAt } from './use-field.ts'

type Retry = WebhookSettings['delivery']['retry']

/** What happens when the receiver does not accept, and when it is given up. */
export function RetryFields() {
  const { t, i18n } = useTranslation('form')
  const { readOnly } = useWebhookForm()
  const catalogue = useCatalogue()
  const { value: retry, set } = useField<Retry>('delivery.retry')
  const policy = useField<string>('delivery.retry.policy')
  const problemAt = useProblemAt()
  // What was set for a policy comes back with it.
  const left = useRef(new Map<string, Retry>())
  const { policy: name, ...options } = retry
  const described = catalogue.retry_policies.find((one) => one.name === name)
  const waits = waitsIn(options)
  return (
    <Stack gap="md">
      <Radio.Group
        aria-label={t('field.retry')}
        value={name}
        error={policy.input.error}
        onChange={(picked) => {
          left.current.set(name, retry)
          set(left.current.get(picked) ?? waitsOf(picked, catalogue))
        }}
      >
        <Stack gap="sm" data-field="delivery.retry">
          {catalogue.retry_policies.map((one) => (
            <Radio
              key={one.name}
              value={one.name}
              label={one.title}
              description={one.description}
              disabled={readOnly}
            />
          ))}
        </Stack>
      </Radio.Group>
      <DescribedForm
        options={described?.options ?? []}
        value={options}
        onChange={(changed) => set({ ...changed, policy: name })}
        path="delivery.retry"
        problemOf={problemAt}
        disabled={readOnly}
      />
      {waits.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('delivery.tries', { count: waits.length + 1, time: formatDuration(sum(waits), i18n.language) })}
        </Text>
      )}
      <TimeField
        path="delivery.expires_s"
        label={t('field.expires')}
        description={t('delivery.expiresAbout')}
      />
    </Stack>
  )
}
