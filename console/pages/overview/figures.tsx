import { Anchor, Card, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Waiting } from '../../data/stats.ts'
import { formatMs } from '../../parts/format-ms.ts'
import { filterSpan, type SpanName, spans } from './spans.ts'
import type { Total } from './sum-up.ts'

interface Props {
  total: Total
  waiting: Waiting
  span: SpanName
}

interface Figure {
  title: string
  value: string
  /** What it counts, one by one. */
  to?: string
  about?: string
  aboutTo?: string | undefined
}

/** The figures under the headline; each leads to what it counts. */
export function Figures({ total, waiting, span }: Props) {
  const { t, i18n } = useTranslation('overview')
  const number = (value: number) => value.toLocaleString(i18n.language)
  const percent = (value: number | null) =>
    value === null
      ? '–'
      : // Never a whole hundred while something was lost.
        new Intl.NumberFormat(i18n.language, {
          style: 'percent',
          maximumFractionDigits: 1,
          roundingMode: 'floor',
        }).format(value)
  const since = filterSpan[span]
  const figures: Figure[] = [
    { title: t('figure.events'), value: number(total.events), to: `/events?span=${since}` },
    {
      title: t('figure.delivered'),
      value: number(total.delivered),
      to: `/history?state=delivered&span=${since}`,
      about: t('figure.attempts', { count: total.attempts }),
    },
    {
      title: t('figure.arrived'),
      value: percent(total.arrived),
      about: t('figure.dead', { count: total.dead }),
      aboutTo: total.dead > 0 ? `/history?state=dead&span=${since}` : undefined,
    },
    {
      title: t('figure.waiting'),
      value: number(waiting.deliveries),
      to: '/history?state=pending,sending,waiting',
    },
    {
      title: t('figure.p95'),
      value: total.p95 === null ? '–' : formatMs(total.p95, i18n.language),
      about: t(`figure.slowest.${spans[span].bucket}`),
    },
  ]
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm" component="dl" m={0}>
      {figures.map(({ title, value, to, about, aboutTo }) => (
        <Card key={title} withBorder padding="sm">
          <Text component="dt" size="sm" c="dimmed">
            {title}
          </Text>
          <Text component="dd" m={0} fz={26} fw={650} lh={1.3}>
            {to ? (
              <Anchor component={Link} to={to} inherit c="inherit">
                {value}
              </Anchor>
            ) : (
              value
            )}
          </Text>
          {about && (
            <Text component="dd" m={0} size="xs" c="dimmed">
              {aboutTo ? (
                <Anchor component={Link} to={aboutTo} inherit>
                  {about}
                </Anchor>
              ) : (
                about
              )}
            </Text>
          )}
        </Card>
      ))}
    </SimpleGrid>
  )
}
