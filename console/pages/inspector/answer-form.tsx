import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Inspector, useChangeInspector } from '../../data/inspectors.ts'
import { useMay } from '../../data/session.ts'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** What people try most: a good answer, and the ways in which receivers fail. */
const presets = ['200', '204', '301', '401', '404', '410', '429', '500', '503']

/** How the address answers, so that one sees what a webhook does then. */
export function AnswerForm({ inspector }: { inspector: Inspector }) {
  const { t } = useTranslation(['inspector', 'common'])
  const may = useMay()
  const change = useChangeInspector()
  const [answer, setAnswer] = useState(inspector.answer)
  const set = (part: Partial<typeof answer>) => setAnswer((known) => ({ ...known, ...part }))
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { id: inspector.id, answer },
      { onSuccess: () => notifications.show({ message: t('answer.saved') }) },
    )
  }
  const statuses = [...new Set([...presets, String(answer.status)])].sort()

  return (
    <Panel title={t('answer.title')} about={t('answer.about')}>
      <form onSubmit={save}>
        <fieldset disabled={!may.manage} style={{ border: 0, padding: 0, margin: 0 }}>
          <Stack gap="sm">
            {change.error && <ProblemAlert problem={change.error} />}
            <Group align="flex-start">
              <Select
                label={t('answer.status')}
                data={statuses.map((value) => ({
                  value,
                  label: `${value} ${t(`answer.meaning.${meaningOf(value)}`)}`.trim(),
                }))}
                value={String(answer.status)}
                onChange={(value) => value && set({ status: Number(value) })}
                allowDeselect={false}
                comboboxProps={{ keepMounted: false }}
                w={280}
              />
              <NumberInput
                label={t('answer.delay')}
                description={t('answer.delayAbout')}
                inputWrapperOrder={['label', 'input', 'description']}
                value={answer.delay_ms / 1000}
                min={0}
                max={30}
                step={0.5}
                decimalScale={3}
                onChange={(value) => typeof value === 'number' && set({ delay_ms: Math.round(value * 1000) })}
                w={200}
              />
            </Group>
            <div>
              <Text size="sm" fw={500} mb={4}>
                {t('answer.headers')}
              </Text>
              <Stack gap="xs">
                {answer.headers.map(({ name, value }, index) => {
                  const replace = (part: { name?: string; value?: string }) =>
                    set({
                      headers: answer.headers.map((header, at) =>
                        at === index ? { ...header, ...part } : header,
                      ),
                    })
                  return (
                    <Group key={index} gap="xs" wrap="nowrap">
                      <TextInput
                        aria-label={t('answer.headerName')}
                        placeholder="Retry-After"
                        value={name}
                        onChange={(event) => replace({ name: event.currentTarget.value })}
                        style={{ flex: 1 }}
                      />
                      <TextInput
                        aria-label={t('answer.headerValue')}
                        placeholder="30"
                        value={value}
                        onChange={(event) => replace({ value: event.currentTarget.value })}
                        style={{ flex: 2 }}
                      />
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('answer.removeHeader', { name })}
                        onClick={() => set({ headers: answer.headers.filter((_, at) => at !== index) })}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Group>
                  )
                })}
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} />}
                  style={{ alignSelf: 'flex-start' }}
                  onClick={() => set({ headers: [...answer.headers, { name: '', value: '' }] })}
                >
                  {t('answer.addHeader')}
                </Button>
              </Stack>
            </div>
            <Textarea
              label={t('answer.body')}
              autosize
              minRows={2}
              maxRows={10}
              value={answer.body}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              onChange={(event) => set({ body: event.currentTarget.value })}
            />
            {may.manage && (
              <Group>
                <Button type="submit" loading={change.isPending}>
                  {t('common:save')}
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  )
}

const meanings = ['200', '204', '301', '401', '404', '410', '429', '500', '503'] as const

function meaningOf(status: string): (typeof meanings)[number] | 'other' {
  return meanings.find((known) => known === status) ?? 'other'
}
