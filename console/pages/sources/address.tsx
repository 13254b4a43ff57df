import { Grid, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CrmSource } from '../../data/sources.ts'
import { CodeBlock } from '../../parts/code-block.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import classes from './sources.module.css'

/** Where the other system has to send, and where to say so there. */
export function Address({ source: { url, adapter, token } }: { source: CrmSource }) {
  const { t, i18n } = useTranslation('sources')
  if (url === null) {
    return (
      <Panel title={t('address.title')}>
        <Text size="sm">{t('address.hiddenAbout')}</Text>
      </Panel>
    )
  }
  const isTold = i18n.exists(`sources:where.${adapter}`)
  const steps = (t as (key: string, options: object) => string[])(`where.${isTold ? adapter : 'other'}`, {
    returnObjects: true,
  })
  return (
    <Panel>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Title order={2} size="h4" mb={2}>
            {t('address.title')}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t('address.secret')}
          </Text>
          <Stack gap="sm" align="flex-start">
            <Group gap="xs" wrap="nowrap">
              <Text ff="monospace" fw={600} style={{ overflowWrap: 'anywhere' }} data-testid="source-url">
                {url}
              </Text>
              <CopyButton value={url} />
            </Group>
            {adapter === 'site-tracker' && token !== null && (
              <CodeBlock label={t('visitors.everyPage')} code={pageScript(url, token)} />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Title order={2} size="h4" mb="sm">
            {t('where.title')}
          </Title>
          <ol className={classes['steps']}>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Grid.Col>
      </Grid>
    </Panel>
  )
}

/** What all pages include; who the visitor is stands in the link that was sent to them. */
function pageScript(url: string, token: string): string {
  return `<script async src="${new URL('/t.js', url).href}" data-source="${token}"></script>`
}
