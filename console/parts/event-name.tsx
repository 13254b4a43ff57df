import { Box, Text } from '@mantine/core'
import { findEventType, useCatalogue } from '../data/catalogue.ts'
import { useEventOptions } from './event-picker/use-event-options.ts'

interface Props {
  type: string
  withCode?: boolean
}

/** What an event type or a pattern is called, with its code beneath or in its place where nobody knows it. */
export function EventName(props: Props) {
  const known = findEventType(useCatalogue(), props.type)
  if (!known && props.type.includes('*')) return <PatternName {...props} />
  return <Named {...props} title={known?.title} />
}

function PatternName(props: Props) {
  const options = useEventOptions()
  return <Named {...props} title={options.find(({ value }) => value === props.type)?.title} />
}

function Named({ type, withCode = false, title }: Props & { title: string | undefined }) {
  if (title === undefined)
    return (
      <Text span inherit ff="monospace" fz="sm">
        {type}
      </Text>
    )
  return (
    <Box component="span">
      {title}
      {withCode && (
        <Text component="span" display="block" c="dimmed" size="xs" ff="monospace">
          {type}
        </Text>
      )}
    </Box>
  )
}
