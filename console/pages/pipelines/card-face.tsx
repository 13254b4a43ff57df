import { Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmRecord, recordName } from '../../data/records.ts'
import type { CrmUser } from '../../data/users.ts'
import { PersonName } from '../../parts/person-name.tsx'
import { formatPrice, recordPrice } from '../../parts/record/price.ts'
import { RecordTags } from '../../parts/record/tags.tsx'

interface Props {
  record: CrmRecord
  users: CrmUser[]
  /** The name as a link, where it is one. */
  name?: ReactNode
  tools?: ReactNode
}

/** What a card shows of its record; the same in its column and under the hand that drags it. */
export function CardFace({ record, users, name, tools }: Props) {
  const { t, i18n } = useTranslation('pipelines')
  const { fields } = record
  const price = recordPrice(fields)
  const owner = typeof fields.owner_id === 'string' ? fields.owner_id : null
  return (
    <>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap={4}>
        <Text component="div" size="sm" fw={600} lh={1.35} style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
          {name ?? recordName(record)}
        </Text>
        {tools}
      </Group>
      {price && (
        <Text size="sm" mt={2} ff="text" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {formatPrice(price, i18n.language)}
        </Text>
      )}
      {owner !== null && (
        <Text component="div" c="dimmed" mt={4}>
          <PersonName users={users} id={owner} fz="xs" />
        </Text>
      )}
      <RecordTags tags={fields.tags ?? null} mt={6} />
      {typeof fields.score === 'number' && (
        <Badge mt={6} size="sm" variant="default" tt="none" fw={500}>
          {t('card.score', { score: fields.score })}
        </Badge>
      )}
    </>
  )
}
