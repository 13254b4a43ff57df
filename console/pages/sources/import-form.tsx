import { Button, FileInput, Group, Radio, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileImport, IconUpload } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { useMakeImport } from '../../data/imports.ts'
import { CodeBlock } from '../../parts/code-block.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { formatOf } from './import-format.ts'

/** A file, what is in it, and whether events come of it. */
export function ImportForm() {
  const { t } = useTranslation('sources')
  const { kinds } = useCatalogue()
  const make = useMakeImport()
  const [file, setFile] = useState<File | null>(null)
  const [kind, setKind] = useState('lead')
  const [fire, setFire] = useState<'yes' | 'no'>('no')
  const format = file && formatOf(file.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!file || !format) return
    make.mutate(
      { kind, format, fire: fire === 'yes', file },
      {
        onSuccess() {
          setFile(null)
          notifications.show({ message: t('imports.begun') })
        },
      },
    )
  }
  return (
    <Panel title={t('imports.title')} about={t('imports.about')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Group align="flex-start" grow preventGrowOverflow={false} gap="md">
            <FileInput
              label={t('imports.file')}
              description={t('imports.fileAbout')}
              placeholder={t('imports.choose')}
              accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
              leftSection={<IconUpload size={16} />}
              clearable
              clearButtonProps={{ 'aria-label': t('imports.removeFile') }}
              value={file}
              error={file && !format ? t('imports.unknownFormat') : undefined}
              onChange={setFile}
              miw={260}
            />
            <Select
              label={t('imports.kind')}
              description={t('imports.kindAbout')}
              data={kinds.map(({ name, plural }) => ({ value: name, label: plural }))}
              value={kind}
              allowDeselect={false}
              searchable
              onChange={(chosen) => chosen && setKind(chosen)}
              miw={220}
            />
          </Group>
          <Radio.Group
            label={t('imports.fire')}
            value={fire}
            onChange={(chosen) => setFire(chosen === 'yes' ? 'yes' : 'no')}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="no" label={t('imports.quiet')} description={t('imports.quietAbout')} />
              <Radio value="yes" label={t('imports.firing')} description={t('imports.firingAbout')} />
            </Stack>
          </Radio.Group>
          {make.error && <ProblemAlert problem={make.error} />}
          <Group>
            <Button
              type="submit"
              leftSection={<IconFileImport size={16} />}
              loading={make.isPending}
              disabled={!format}
            >
              {t('imports.do')}
            </Button>
          </Group>
          <details>
            <summary>
              <Text span size="sm">
                {t('imports.example')}
              </Text>
            </summary>
            <Stack gap="xs" mt="xs">
              <CodeBlock label="CSV" code={csvExample} />
              <CodeBlock label="NDJSON" code={ndjsonExample} />
              <Text size="sm" c="dimmed">
                {t('imports.exampleAbout')}
              </Text>
            </Stack>
          </details>
        </Stack>
      </form>
    </Panel>
  )
}

const csvExample = 'id,name,price,stage_id\n4831596,"ACME, Inc.",12000,16203334\n4831597,Umbra,,16203334'
const ndjsonExample =
  '{"id": "4831596", "name": "ACME, Inc.", "price": 12000}\n{"id": "4831597", "name": "Umbra", "tags": ["vip", "2026"]}'
