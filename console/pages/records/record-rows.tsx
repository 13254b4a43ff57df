import { Group, Stack, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../../data/catalogue.ts'
import { type CrmRecord, recordName } from '../../data/records.ts'
import { PersonName } from '../../parts/person-name.tsx'
import { RecordLink } from '../../parts/record/link.tsx'
import { formatPrice, recordPrice } from '../../parts/record/price.ts'
import { RecordState } from '../../parts/record/state.tsx'
import { RecordTags } from '../../parts/record/tags.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'
import { StageBadge } from '../../parts/stage/badge.tsx'
import { findPipeline, findStage } from '../../parts/stage/lookup.ts'
import { Time } from '../../parts/time.tsx'

interface Props {
  kind: Kind
  records: CrmRecord[]
  names: RecordNames
}

/** A table; cards where the window is narrow. */
export function RecordRows(props: Props) {
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  return narrow ? <Cards {...props} /> : <Rows {...props} />
}

function Rows({ kind, records, names }: Props) {
  const { t } = useTranslation('pipelines')
  const can = (capability: string) => kind.capabilities.includes(capability)
  const staged = can('staged') && names.pipelines.some((pipeline) => pipeline.kind === kind.name)
  const owned = can('owned')
  const tagged = can('tagged')
  const priced = kind.fields.some(({ name }) => name === 'price' || name === 'total')
  const contact = kind.fields.some(({ name }) => name === 'email')
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={720}>
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('list.name')}</Table.Th>
            {contact && <Table.Th>{t('list.contact')}</Table.Th>}
            {staged && <Table.Th miw={150}>{t('list.stage')}</Table.Th>}
            {priced && <Table.Th ta="right">{t('list.price')}</Table.Th>}
            {owned && <Table.Th>{t('list.owner')}</Table.Th>}
            {tagged && <Table.Th>{t('list.tags')}</Table.Th>}
            <Table.Th>{t('list.updated')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((record) => (
            <Table.Tr key={record.id}>
              <Table.Td maw={360}>
                <Group gap="xs">
                  <Text component="span" size="sm" fw={600} style={{ minWidth: 0 }}>
                    <RecordLink kind={kind.name} id={record.id} name={recordName(record)} />
                  </Text>
                  <RecordState record={record} />
                </Group>
              </Table.Td>
              {contact && (
                <Table.Td maw={240} style={{ overflowWrap: 'anywhere' }}>
                  <Contact record={record} />
                </Table.Td>
              )}
              {staged && (
                <Table.Td maw={240}>
                  <Place record={record} names={names} />
                </Table.Td>
              )}
              {priced && (
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  <Worth record={record} />
                </Table.Td>
              )}
              {owned && (
                <Table.Td maw={200}>
                  <Owner record={record} names={names} />
                </Table.Td>
              )}
              {tagged && (
                <Table.Td maw={220}>
                  <RecordTags tags={record.fields.tags ?? null} />
                </Table.Td>
              )}
              <Table.Td>
                <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                  <Time at={record.updated_at} />
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Cards({ kind, records, names }: Props) {
  return (
    <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
      {records.map((record, index) => (
        <Stack
          key={record.id}
          component="li"
          gap={4}
          p="sm"
          style={index === 0 ? {} : { borderTop: '1px solid var(--mantine-color-default-border)' }}
        >
          <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
            <Text component="span" size="sm" fw={600} style={{ minWidth: 0 }}>
              <RecordLink kind={kind.name} id={record.id} name={recordName(record)} />
            </Text>
            <RecordState record={record} />
          </Group>
          <Contact record={record} />
          <Group gap="sm">
            <Place record={record} names={names} />
            <Worth record={record} />
          </Group>
          <Group gap="sm">
            <Owner record={record} names={names} />
            <Text size="xs" c="dimmed">
              <Time at={record.updated_at} />
            </Text>
          </Group>
          <RecordTags tags={record.fields.tags ?? null} />
        </Stack>
      ))}
    </Stack>
  )
}

function Contact({ record: { fields } }: { record: CrmRecord }) {
  const texts = [fields.email, fields.phone].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  )
  if (texts.length === 0) return null
  return (
    <Text component="div" size="sm" style={{ overflowWrap: 'anywhere' }}>
      {texts.map((text) => (
        <div key={text}>{text}</div>
      ))}
    </Text>
  )
}

function Place({
  record: { kind, fields },
  names: { pipelines },
}: {
  record: CrmRecord
  names: RecordNames
}) {
  const pipelineId = typeof fields.pipeline_id === 'string' ? fields.pipeline_id : null
  if (typeof fields.stage_id !== 'string') return null
  const stage = findStage(pipelines, kind, pipelineId, fields.stage_id)
  const several = pipelines.filter((pipeline) => pipeline.kind === kind).length > 1
  const pipeline =
    pipelineId !== null && several ? findPipeline(pipelines, kind, pipelineId)?.name : undefined
  return (
    <div>
      <StageBadge stage={stage ?? { name: fields.stage_id, color: null, type: 'open' }} />
      {pipeline !== undefined && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {pipeline}
        </Text>
      )}
    </div>
  )
}

function Worth({ record }: { record: CrmRecord }) {
  const { i18n } = useTranslation()
  const price = recordPrice(record.fields)
  return price && <Text size="sm">{formatPrice(price, i18n.language)}</Text>
}

function Owner({ record: { fields }, names: { users } }: { record: CrmRecord; names: RecordNames }) {
  return typeof fields.owner_id === 'string' ? <PersonName users={users} id={fields.owner_id} /> : null
}
