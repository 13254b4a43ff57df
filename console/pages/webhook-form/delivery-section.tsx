import { IconTruckDelivery } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './form.module.css'
import { FiringFields } from './firing-fields.tsx'
import { HoursFields } from './hours-fields.tsx'
import { OffFields } from './off-fields.tsx'
import { PaceFields } from './pace-fields.tsx'
import { RetryFields } from './retry-fields.tsx'
import { Folded, Section } from './section.tsx'
import { useDeliverySummaries } from './delivery-summaries.ts'

/** What has good defaults: each part says in a line how it is, and opens when somebody wants it otherwise. */
export function DeliverySection() {
  const { t } = useTranslation('form')
  const summaries = useDeliverySummaries()
  return (
    <Section icon={IconTruckDelivery} title={t('section.delivery.title')} about={t('section.delivery.about')}>
      <div className={classes.folds}>
        <Folded fold="retries" title={t('delivery.retries')} summary={summaries.retries}>
          <RetryFields />
        </Folded>
        <Folded fold="pace" title={t('delivery.pace')} summary={summaries.pace}>
          <PaceFields />
        </Folded>
        <Folded fold="firing" title={t('delivery.firing')} summary={summaries.firing}>
          <FiringFields />
        </Folded>
        <Folded fold="hours" title={t('delivery.hours')} summary={summaries.hours}>
          <HoursFields />
        </Folded>
        <Folded fold="off" title={t('delivery.off')} summary={summaries.off}>
          <OffFields />
        </Folded>
      </div>
    </Section>
  )
}
