import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { useMay } from '../../data/session.ts'
import { type CrmSource, useVisitorScript } from '../../data/sources.ts'
import { CodeBlock } from '../../parts/code-block.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'

/** The script and the link that say who a visitor is. */
export function Visitors({ source }: { source: CrmSource }) {
  const { t } = useTranslation('sources')
  const may = useMay()
  const { kinds, events } = useCatalogue()
  const visited = kinds.filter(({ name }) => events.some(({ type }) => type === `${name}.site_visited`))
  const [kind, setKind] = useState(visited[0]?.name ?? '')
  const [id, setId] = useState('')
  const make = useVisitorScript()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate({ id: source.id, record: { kind, id: id.trim() } })
  }
  if (!may.manage) return null
  return (
    <Panel title={t('visitors.title')} about={t('visitors.about')}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm">
          <Select
            label={t('visitors.kind')}
            data={visited.map(({ name, title }) => ({ value: name, label: title }))}
            value={kind}
            allowDeselect={false}
            onChange={(chosen) => chosen && setKind(chosen)}
          />
          <TextInput
            label={t('visitors.id')}
            required
            withAsterisk={false}
            maxLength={200}
            value={id}
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={make.isPending} disabled={id.trim() === ''}>
            {t('visitors.make')}
          </Button>
        </Group>
      </form>
      {make.error && <ProblemAlert problem={make.error} />}
      {make.data && (
        <Stack gap="xs" mt="md">
          <Text size="sm">{t('visitors.script')}</Text>
          <CodeBlock label={t('visitors.script')} code={make.data.script} />
          <Text size="sm">{t('visitors.link')}</Text>
          <CodeBlock label={t('visitors.link')} code={`https://www.example.com/?hl=${make.data.token}`} />
        </Stack>
      )}
    </Panel>
  )
}
