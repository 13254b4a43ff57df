import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconMoonStars } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isFailing, type Webhook } from '../../data/webhooks.ts'
import type { Total } from './sum-up.ts'

/** The answer in one sentence. */
export function Headline({ webhooks, total }: { webhooks: Webhook[]; total: Total }) {
  const { t } = useTranslation('overview')
  const failing = webhooks.filter(isFailing)
  if (failing.length > 0) {
    const names = failing
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', ')
    return (
      <Alert
        color="red"
        variant="light"
        icon={<IconAlertTriangle />}
        title={t('headline.failing', { count: failing.length })}
      >
        {names}
      </Alert>
    )
  }
  if (total.dead > 0) {
    return (
      <Alert
        color="yellow"
        variant="light"
        icon={<IconAlertTriangle />}
        title={t('headline.dead', { count: total.dead })}
      >
        {t('headline.deadAbout')}
      </Alert>
    )
  }
  if (total.events === 0 && total.made === 0) {
    return (
      <Alert color="gray" variant="light" icon={<IconMoonStars />} title={t('headline.quiet')}>
        {t('headline.quietAbout')}
      </Alert>
    )
  }
  return (
    <Alert color="green" variant="light" icon={<IconCircleCheck />} title={t('headline.fine')}>
      {t('headline.fineAbout', { count: total.delivered })}
    </Alert>
  )
}
