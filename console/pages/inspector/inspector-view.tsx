import { Button, Group, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import {
  type Inspector,
  useChangeInspector,
  useDeleteInspector,
  useForgetRequests,
} from '../../data/inspectors.ts'
import { useMay } from '../../data/session.ts'
import { CodeBlock } from '../../parts/code-block.tsx'
import { confirmDanger } from '../../parts/confirm.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Requests } from './requests.tsx'

/** One test address: where it is, what it received, what it answers. */
export function InspectorView({ inspector }: { inspector: Inspector }) {
  const { t } = useTranslation(['inspector', 'common'])
  const { id, name, url } = inspector
  const may = useMay()
  const navigate = useNavigate()
  const change = useChangeInspector()
  const remove = useDeleteInspector()
  const forget = useForgetRequests()
  const [typed, setTyped] = useState(name)

  return (
    <Stack gap="lg">
      <Panel title={t('address')} about={t('addressAbout')}>
        <Stack gap="sm">
          <Group gap="xs" wrap="nowrap">
            <Text ff="monospace" fw={600} style={{ overflowWrap: 'anywhere' }} data-testid="inspector-url">
              {url}
            </Text>
            <CopyButton value={url} />
          </Group>
          <CodeBlock
            label={t('tryIt')}
            code={`curl -X POST '${url}' -H 'Content-Type: application/json' -d '{"hello": "world"}'`}
          />
          {may.manage && (
            <Group align="flex-end">
              <TextInput
                label={t('name')}
                value={typed}
                maxLength={200}
                onChange={(event) => setTyped(event.currentTarget.value)}
                onBlur={() => {
                  const wanted = typed.trim()
                  if (wanted === '') setTyped(name)
                  else if (wanted !== name) change.mutate({ id, name: wanted })
                }}
                onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
              />
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconTrash size={16} />}
                onClick={() =>
                  confirmDanger({
                    title: t('remove.title', { name }),
                    about: t('remove.about'),
                    yes: t('common:delete'),
                    no: t('common:cancel'),
                    onYes: () =>
                      remove.mutate(id, {
                        onSuccess() {
                          notifications.show({ message: t('remove.done', { name }) })
                          void navigate('/inspector')
                        },
                      }),
                  })
                }
              >
                {t('common:delete')}
              </Button>
            </Group>
          )}
        </Stack>
      </Panel>
      <Tabs defaultValue="requests" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="requests">{t('requests.title')}</Tabs.Tab>
          <Tabs.Tab value="answer">{t('answer.tab', { status: inspector.answer.status })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="requests">
          <Requests
            inspectorId={id}
            actions={
              may.manage && (
                <Button
                  size="xs"
                  variant="default"
                  loading={forget.isPending}
                  onClick={() => forget.mutate(id)}
                >
                  {t('clear')}
                </Button>
              )
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="answer">
          <AnswerForm inspector={inspector} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
