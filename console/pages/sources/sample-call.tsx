import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SourceType } from '../../data/catalogue.ts'
import type { JsonObject } from '../../data/json.ts'
import { prettyBody } from '../../parts/code-block.tsx'
import { Panel } from '../../parts/panel.tsx'
import { type WrittenCall, writeHeaders } from './written-call.ts'
import classes from './sources.module.css'

interface Props {
  type: SourceType
  call: WrittenCall
  onChange: (call: WrittenCall) => void
  /** An example was taken; its own settings. */
  onExample: (options: JsonObject) => void
}

/** A call of the other system, pasted or taken from the examples. */
export function SampleCall({ type, call, onChange, onExample }: Props) {
  const { t } = useTranslation('sources')
  const take = (index: number) => {
    const sample = type.samples[index]
    if (!sample) return
    const { contentType, headers, body } = sample.call
    onChange({ contentType, headers: writeHeaders(headers), body: prettyBody(body).code })
    onExample(sample.options)
  }
  const titleOf = (index: number, title: string) =>
    (t as (key: string, options: object) => string)(`samples.${type.name}.${index}`, { defaultValue: title })
  const pretty = prettyBody(call.body).code
  return (
    <Panel title={t('call.title')} about={t('call.about')}>
      <Stack gap="sm">
        <Select
          label={t('call.examples')}
          placeholder={t('call.choose')}
          data={type.samples.map(({ title }, index) => ({
            value: String(index),
            label: titleOf(index, title),
          }))}
          value={null}
          onChange={(index) => index !== null && take(Number(index))}
        />
        <Textarea
          label={t('call.body')}
          className={classes['code'] ?? ''}
          autosize
          minRows={6}
          maxRows={18}
          spellCheck={false}
          placeholder='{"order_id": 7, "total": 120.5}'
          value={call.body}
          onChange={(event) => onChange({ ...call, body: event.currentTarget.value })}
        />
        <details>
          <summary>
            <Text span size="sm">
              {t('call.headers')}
            </Text>
          </summary>
          <Textarea
            mt={6}
            aria-label={t('call.headers')}
            description={t('call.headersAbout')}
            className={classes['code'] ?? ''}
            autosize
            minRows={2}
            spellCheck={false}
            placeholder="X-Topic: calls/incoming"
            value={call.headers}
            onChange={(event) => onChange({ ...call, headers: event.currentTarget.value })}
          />
        </details>
        {pretty !== call.body && (
          <Group>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconBraces size={14} />}
              onClick={() => onChange({ ...call, body: pretty })}
            >
              {t('call.tidy')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
