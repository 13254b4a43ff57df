import { Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Json } from '../../data/json.ts'
import type { NameOf } from '../../data/names.ts'
import { Value } from './change-table.tsx'
import type { KeptField } from './fields.ts'
import { changedValue } from './value.ts'
import { useValueWords } from './words.ts'
import { DeliveryFacts } from '../delivery/facts.tsx'
import { knownReason } from '../delivery/state.tsx'

interface Props {
  told: KeptField[]
  /** What an entry of the data is called. */
  titleOf: (name: string) => string
  nameOf?: NameOf
}

/** What an event tells beside the record's fields: subject and text of a mail. */
export function ToldData({ told, titleOf, nameOf }: Props) {
  const { t } = useTranslation('history')
  return (
    <DeliveryFacts
      facts={told.map((entry) => ({
        title: titleOf(entry.name),
        value: (
          <Value
            value={entry.value}
            name={entry.valueName ?? reasonText(entry.name, entry.value, t)}
            field={entry}
            nameOf={nameOf}
          />
        ),
      }))}
    />
  )
}

/** Why a delivery ended, which the server says with a word of the API. */
function reasonText(name: string, value: Json, t: TFunction<'history'>): string | null {
  const reason = name === 'reason' && typeof value === 'string' ? knownReason(value) : null
  return reason && t(`reason.${reason}`)
}

const shownMax = 3

/** The first of it in short. */
export function ToldShort({ told, titleOf }: Omit<Props, 'nameOf'>) {
  const words = useValueWords()
  const { t } = useTranslation('history')
  return told.slice(0, shownMax).map(({ name, type, value, valueName }) => (
    <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }} lineClamp={2}>
      <Text span inherit c="dimmed">
        {titleOf(name)}:{' '}
      </Text>
      {valueName ?? reasonText(name, value, t) ?? changedValue(value, type, words)}
    </Text>
  ))
}
