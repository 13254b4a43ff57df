import { Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceivedResponse } from '../../data/deliveries.ts'
import { formatMs } from '../format-ms.ts'
import { isFailure, meaningOf, statusLine } from './meaning.ts'
import { ExchangeBody } from './request.tsx'
import { ExchangeRows } from './rows.tsx'
import classes from './exchange.module.css'

interface Props {
  response: ReceivedResponse | null
  /** How the attempt ended: delivered, retry, rejected or gone. */
  outcome: string
  /** Why it failed: guard, dns, connect, tls, timeout, reset, status or template. */
  reason: string | null
  durationMs: number
  /** The server's own sentence, which names addresses and settings. In English. */
  detail?: string | null
}

/** What the receiver answered, and what that means; or why there is no answer. */
export function ExchangeResponse({ response, outcome, reason, durationMs, detail }: Props) {
  const { t, i18n } = useTranslation('exchange')
  const took = t('response.took', { duration: formatMs(durationMs, i18n.language) })
  const fine = outcome === 'delivered'
  if (!response) {
    const why = reason !== null && isFailure(reason) ? t(`failure.${reason}`) : reason
    // Refused by us: nothing was sent, so that nothing took time.
    const unsent = reason === 'guard' || reason === 'template'
    return (
      <Stack gap="xs">
        <Line
          fine={fine}
          title={unsent ? t('response.notSent') : t('response.none')}
          aside={unsent ? '' : took}
        />
        <Explanation>{why}</Explanation>
        {detail && <Detail text={detail} />}
      </Stack>
    )
  }
  const { status_code, headers, body, body_encoding, truncated } = response
  const failed = reason !== null && reason !== 'status' && isFailure(reason)
  return (
    <Stack gap="xs">
      <Line fine={fine} title={statusLine(status_code)} aside={took} mono />
      <Explanation>{failed ? t(`failure.${reason}`) : t(`meaning.${meaningOf(status_code)}`)}</Explanation>
      {failed && detail && <Detail text={detail} />}
      {headers.length > 0 && (
        <ExchangeRows rows={headers} summary={t('request.headers', { count: headers.length })} />
      )}
      {body === null || body === '' ? (
        <Text size="sm" c="dimmed">
          {t('response.noBody')}
        </Text>
      ) : (
        <ExchangeBody body={body} encoding={body_encoding} label={t('response.body')} />
      )}
      {truncated && (
        <Text size="xs" c="dimmed">
          {t('response.truncated')}
        </Text>
      )}
    </Stack>
  )
}

interface LineProps {
  fine: boolean
  title: string
  aside: string
  mono?: boolean
}

function Line({ fine, title, aside, mono = false }: LineProps) {
  return (
    <Group gap="xs" wrap="nowrap">
      <ThemeIcon size="sm" radius="xl" color={fine ? 'green.8' : 'red.9'} aria-hidden>
        {fine ? <IconCheck size={14} stroke={2.4} /> : <IconX size={14} stroke={2.4} />}
      </ThemeIcon>
      <Text fw={600} size="sm" ff={mono ? 'monospace' : undefined}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {aside}
      </Text>
    </Group>
  )
}

function Explanation({ children }: { children: ReactNode }) {
  return <Text size="sm">{children}</Text>
}

function Detail({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed" lang="en" className={classes['mono']} style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  )
}
