import { Box, Text } from '@mantine/core'
import { findEventType, useCatalogue } from '../data/catalogue.ts'

/** What an event type is called, with its code beneath or in its place where it is a pattern. */
export function EventName({ type, withCode = false }: { type: string; withCode?: boolean }) {
  const known = findEventType(useCatalogue(), type)
  if (!known)
    return (
      <Text span inherit ff="monospace" fz="sm">
        {type}
      </Text>
    )
  return (
    <Box component="span">
      {known.title}
      {withCode && (
        <Text component="span" display="block" c="dimmed" size="xs" ff="monospace">
          {type}
        </Text>
      )}
    </Box>
  )
}
