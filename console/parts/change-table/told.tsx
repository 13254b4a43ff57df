import { Text } from '@mantine/core'
import type { NameOf } from '../../data/names.ts'
import { Value } from './change-table.tsx'
import type { KeptField } from './fields.ts'
import { changedValue } from './value.ts'
import { useValueWords } from './words.ts'
import { DeliveryFacts } from '../delivery/facts.tsx'

interface Props {
  told: KeptField[]
  /** What an entry of the data is called. */
  titleOf: (name: string) => string
  nameOf?: NameOf
}

/** What an event tells beside the record's fields: subject and text of a mail. */
export function ToldData({ told, titleOf, nameOf }: Props) {
  return (
    <DeliveryFacts
      facts={told.map((entry) => ({
        title: titleOf(entry.name),
        value: <Value value={entry.value} name={entry.valueName} field={entry} nameOf={nameOf} />,
      }))}
    />
  )
}

const shownMax = 3

/** The first of it in short. */
export function ToldShort({ told, titleOf }: Omit<Props, 'nameOf'>) {
  const words = useValueWords()
  return told.slice(0, shownMax).map(({ name, type, value, valueName }) => (
    <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }} lineClamp={2}>
      <Text span inherit c="dimmed">
        {titleOf(name)}:{' '}
      </Text>
      {valueName ?? changedValue(value, type, words)}
    </Text>
  ))
}
