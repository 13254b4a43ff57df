import { Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SentRequest } from '../../data/deliveries.ts'
import { CodeBlock, prettyBody } from '../code-block.tsx'
import { CopyButton } from '../copy-button.tsx'
import { bodyBytes, formatBytes, formRows, queryRows } from './body.ts'
import { curlOf } from './request-curl.ts'
import { ExchangeRows } from './rows.tsx'
import classes from './exchange.module.css'

/** A request as it went out, or as it would: where to, headers, body, and the same as a command. */
export function ExchangeRequest({ request }: { request: SentRequest | null }) {
  const { t } = useTranslation('exchange')
  if (!request) {
    return (
      <Text size="sm" c="dimmed">
        {t('request.none')}
      </Text>
    )
  }
  const { method, url, headers, body } = request
  const query = queryRows(url)
  const hidden = JSON.stringify(headers).includes('•••') || url.includes('•••') || body?.includes('•••')
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Badge variant="default" radius="sm" ff="monospace" style={{ flexShrink: 0 }} mt={1}>
          {method}
        </Badge>
        <span className={classes['url']}>{url}</span>
      </Group>
      {query.length > 0 && (
        <ExchangeRows
          rows={query.map(({ name, value }) => [name, value])}
          summary={t('request.query', { count: query.length })}
        />
      )}
      {headers.length > 0 && (
        <ExchangeRows rows={headers} summary={t('request.headers', { count: headers.length })} />
      )}
      <RequestBody request={request} />
      <Group gap="xs">
        <CopyButton value={curlOf(request)} label={t('request.copyCurl')} />
        {body !== null && body !== '' && <CopyButton value={body} label={t('request.copyBody')} />}
      </Group>
      {hidden && (
        <Text size="xs" c="dimmed">
          {t('request.hidden')}
        </Text>
      )}
    </Stack>
  )
}

function RequestBody({ request: { headers, body, body_encoding } }: { request: SentRequest }) {
  const { t, i18n } = useTranslation('exchange')
  const [view, setView] = useState<'decoded' | 'raw'>('decoded')
  if (body === null || body === '') {
    return (
      <Text size="sm" c="dimmed">
        {t('request.noBody')}
      </Text>
    )
  }
  const form = body_encoding === 'utf8' ? formRows(body, headers) : null
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {t('request.body')}
          {' · '}
          {formatBytes(bodyBytes(body, body_encoding), i18n.language)}
        </Text>
        {form && (
          <SegmentedControl
            size="xs"
            aria-label={t('request.view')}
            value={view}
            onChange={setView}
            data={[
              { value: 'decoded', label: t('request.decoded') },
              { value: 'raw', label: t('request.raw') },
            ]}
          />
        )}
      </Group>
      {form && view === 'decoded' ? (
        <ExchangeRows rows={form.map(({ name, value }) => [name, value])} />
      ) : (
        <ExchangeBody body={body} encoding={body_encoding} label={t('request.body')} />
      )}
    </Stack>
  )
}

interface BodyProps {
  body: string
  encoding: 'utf8' | 'base64'
  label: string
}

/** A body, JSON with line breaks and colours. */
export function ExchangeBody({ body, encoding, label }: BodyProps) {
  const { t } = useTranslation('exchange')
  if (encoding === 'base64') {
    return (
      <Stack gap={4}>
        <Text size="xs" c="dimmed">
          {t('request.base64')}
        </Text>
        <CodeBlock code={body} label={label} />
      </Stack>
    )
  }
  return <CodeBlock {...prettyBody(body)} label={label} />
}
