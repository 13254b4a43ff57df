import { Alert, Anchor } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconMoonStars } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isFailing, type Webhook } from '../../data/webhooks.ts'
import { filterSpan, type SpanName } from './spans.ts'
import type { Total } from './sum-up.ts'

interface Props {
  webhooks: Webhook[]
  total: Total
  span: SpanName
}

/** Of many that fail, so many are named. */
const namedMax = 3

/** The answer in one sentence, and the way to what is wrong. */
export function Headline({ webhooks, total, span }: Props) {
  const { t } = useTranslation('overview')
  const failing = webhooks.filter(isFailing)
  if (failing.length > 0) {
    return (
      <Alert
        color="red"
        variant="light"
        icon={<IconAlertTriangle />}
        title={t('headline.failing', { count: failing.length })}
      >
        {failing.slice(0, namedMax).map(({ id, name }, index) => (
          <Fragment key={id}>
            {index > 0 && ', '}
            <Anchor component={Link} to={`/webhooks/${id}`} inherit c="inherit" underline="always">
              {name}
            </Anchor>
          </Fragment>
        ))}
        {failing.length > namedMax && ' …'}
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
        {t('headline.deadAbout')}{' '}
        <Anchor
          component={Link}
          to={`/history?state=dead&span=${filterSpan[span]}`}
          inherit
          c="inherit"
          underline="always"
        >
          {t('headline.seeDead')}
        </Anchor>
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
