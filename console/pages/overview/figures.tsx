import { Card, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Waiting } from '../../data/stats.ts'
import { formatMs } from '../../parts/format-ms.ts'
import type { Total } from './sum-up.ts'

/** The figures under the headline. */
export function Figures({ total, waiting }: { total: Total; waiting: Waiting }) {
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
  const figures = [
    { title: t('figure.events'), value: number(total.events) },
    {
      title: t('figure.delivered'),
      value: number(total.delivered),
      about: t('figure.attempts', { count: total.attempts }),
    },
    {
      title: t('figure.arrived'),
      value: percent(total.arrived),
      about: t('figure.dead', { count: total.dead }),
    },
    { title: t('figure.waiting'), value: number(waiting.deliveries) },
    { title: t('figure.p95'), value: total.p95 === null ? '–' : formatMs(total.p95, i18n.language) },
  ]
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm" component="dl" m={0}>
      {figures.map(({ title, value, about }) => (
        <Card key={title} withBorder padding="sm">
          <Text component="dt" size="sm" c="dimmed">
            {title}
          </Text>
          <Text component="dd" m={0} fz={26} fw={650} lh={1.3}>
            {value}
          </Text>
          {about && (
            <Text component="dd" m={0} size="xs" c="dimmed">
              {about}
            </Text>
          )}
        </Card>
      ))}
    </SimpleGrid>
  )
}
