import { Table, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../data/json.ts'
import type { NameOf } from '../../data/names.ts'
import type { ChangedField } from './fields.ts'
import { changedValue } from './value.ts'
import { useValueWords } from './words.ts'

interface Props {
  changed: ChangedField[]
  created?: boolean
  /** For ids of which the event does not remember the names. */
  nameOf?: NameOf
}

/** Fields before and after. `created`: there was nothing before, so only what is there now. */
export function ChangeTable({ changed, created = false, nameOf }: Props) {
  const { t } = useTranslation('events')
  return (
    <Table verticalSpacing={6} layout="fixed" aria-label={t('changes.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="30%">{t('changes.field')}</Table.Th>
          {!created && <Table.Th>{t('changes.before')}</Table.Th>}
          <Table.Th>{created ? t('changes.value') : t('changes.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changed.map((field) => (
          <Table.Tr key={field.name} style={{ overflowWrap: 'anywhere' }}>
            <Table.Th scope="row" fw={500} ta="left" style={{ verticalAlign: 'top' }}>
              {field.title}
            </Table.Th>
            {!created && (
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Value value={field.before} name={field.beforeName} field={field} nameOf={nameOf} dimmed />
              </Table.Td>
            )}
            <Table.Td style={{ verticalAlign: 'top' }}>
              <Value value={field.after} name={field.afterName} field={field} nameOf={nameOf} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface ValueProps {
  value: ChangedField['after']
  name: string | null
  field: Pick<ChangedField, 'name' | 'type'>
  nameOf?: NameOf | undefined
  dimmed?: boolean
}

/** A value; of an id the name, with the id in small beneath. */
export function Value({ value, name, field, nameOf, dimmed = false }: ValueProps) {
  const { t } = useTranslation('events')
  const words = useValueWords()
  const text = changedValue(value, field.type, words)
  if (text === '') {
    return (
      <Text span inherit c="dimmed">
        <span aria-hidden>–</span>
        <VisuallyHidden>{t('changes.empty')}</VisuallyHidden>
      </Text>
    )
  }
  const called = name ?? nameOfIds(value, field, nameOf)
  return (
    <>
      <Text span inherit {...(dimmed ? { c: 'dimmed' } : { fw: 500 })} style={{ whiteSpace: 'pre-wrap' }}>
        {called ?? text}
      </Text>
      {called !== null && called !== text && (
        <Text span size="xs" c="dimmed" display="block">
          {text}
        </Text>
      )}
    </>
  )
}

/** Lists that hold people. */
const ofPeople: readonly string[] = ['shared_with', 'user_ids']

function nameOfIds(
  value: Json,
  { name, type }: ValueProps['field'],
  nameOf: NameOf | undefined,
): string | null {
  if (!nameOf) return null
  if (typeof value === 'string') return nameOf(type, value, name) ?? null
  if (!Array.isArray(value) || !ofPeople.includes(name)) return null
  return value.map((id) => nameOf('user', String(id), name) ?? String(id)).join(', ')
}

const shownMax = 2

/** The first changes in a line: "Stage: Offer → Won". */
export function ChangeShort({ changed, nameOf }: Omit<Props, 'created'>) {
  const { t } = useTranslation('events')
  const words = useValueWords()
  const rest = changed.length - shownMax
  return (
    <>
      {changed.slice(0, shownMax).map((field) => {
        const { name, title, type, before, after, beforeName, afterName } = field
        const from = beforeName ?? nameOfIds(before, field, nameOf) ?? changedValue(before, type, words)
        const to = afterName ?? nameOfIds(after, field, nameOf) ?? changedValue(after, type, words)
        return (
          <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }} lineClamp={2}>
            <Text span inherit c="dimmed">
              {title}:{' '}
            </Text>
            {from !== '' && (
              <>
                {from}{' '}
                <IconArrowRight
                  size={13}
                  role="img"
                  aria-label={t('changes.to')}
                  style={{ verticalAlign: -2 }}
                />{' '}
              </>
            )}
            {to === '' ? t('changes.empty') : to}
          </Text>
        )
      })}
      {rest > 0 && (
        <Text size="xs" c="dimmed">
          {t('changes.more', { count: rest })}
        </Text>
      )}
    </>
  )
}
