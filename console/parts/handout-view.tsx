import { Badge, Group, List, SimpleGrid, Stack, Table, Tabs, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Handout } from '../data/handout.ts'
import { CodeBlock, prettyBody } from './code-block.tsx'
import { CopyButton } from './copy-button.tsx'
import { GuideLink } from './guide-link.tsx'
import { handoutText } from './handout-text.ts'
import { Panel } from './panel.tsx'

/** Everything that a developer needs to receive a webhook, on one page that prints well. */
export function HandoutView({ handout }: { handout: Handout }) {
  const { t } = useTranslation('webhooks')
  const { webhook, request, fields, curl, verification, expect } = handout
  const body = request?.body ? prettyBody(request.body) : null
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Group gap="xs">
          {webhook.events.map(({ type, title }) => (
            <Badge key={type} variant="default" tt="none" size="lg" fw={500}>
              {title}
            </Badge>
          ))}
        </Group>
        <CopyButton value={handoutText(handout, t)} label={t('handout.copyAll')} />
      </Group>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
        <Stack gap="lg">
          <Panel title={t('handout.request')} about={t('handout.requestAbout')}>
            {request ? (
              <>
                <Text ff="monospace" size="sm" mb="xs" style={{ overflowWrap: 'anywhere' }}>
                  <b>{request.method}</b> {request.url}
                </Text>
                <CodeBlock
                  label={t('handout.headers')}
                  code={request.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
                />
              </>
            ) : (
              <Text size="sm">{t('handout.noSample')}</Text>
            )}
            {body && (
              <div style={{ marginTop: 'var(--mantine-spacing-xs)' }}>
                <CodeBlock label={t('handout.body')} code={body.code} language={body.language} />
              </div>
            )}
          </Panel>
          {curl && (
            <Panel title={t('handout.curl')} about={t('handout.curlAbout')}>
              <CodeBlock code={curl} label={t('handout.curl')} />
            </Panel>
          )}
        </Stack>
        <Panel title={t('handout.expect')}>
          <List size="sm" spacing={6} style={{ overflowWrap: 'anywhere' }}>
            {expect.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </Panel>
      </SimpleGrid>
      {fields.length > 0 && (
        <Panel title={t('handout.fields')}>
          <Table.ScrollContainer type="native" tabIndex={0} minWidth={520}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('handout.key')}</Table.Th>
                  <Table.Th>{t('handout.meaning')}</Table.Th>
                  <Table.Th>{t('handout.example')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {fields.map(({ path, title, example, note }) => (
                  <Table.Tr key={path}>
                    <Table.Td ff="monospace" fz="sm" style={{ overflowWrap: 'anywhere' }}>
                      {path}
                    </Table.Td>
                    <Table.Td>
                      {title}
                      {note && (
                        <Text size="xs" c="dimmed">
                          {note}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td ff="monospace" fz="sm" style={{ overflowWrap: 'anywhere' }}>
                      {typeof example === 'string' ? example : JSON.stringify(example)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
      {verification.length > 0 && (
        <Panel
          title={t('handout.verify')}
          about={
            <>
              {t('handout.verifyAbout')} <GuideLink name="verify-signatures" />
            </>
          }
        >
          <Tabs defaultValue={verification[0]!.language} keepMounted={false}>
            <Tabs.List mb="sm">
              {verification.map(({ language, title }) => (
                <Tabs.Tab key={language} value={language}>
                  {title}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {verification.map(({ language, title, code }) => (
              <Tabs.Panel key={language} value={language}>
                <CodeBlock code={code} label={title} maxHeight={520} />
              </Tabs.Panel>
            ))}
          </Tabs>
        </Panel>
      )}
    </Stack>
  )
}
