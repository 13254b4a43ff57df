import { Badge, Group, type GroupProps } from '@mantine/core'
import type { Json } from '../../data/json.ts'

/** A record's tags as they are kept; nothing where there are none. They wrap and are never cut. */
export function RecordTags({ tags, ...rest }: { tags: Json } & Omit<GroupProps, 'children'>) {
  const texts = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
  if (texts.length === 0) return null
  return (
    <Group gap={4} {...rest}>
      {texts.map((tag) => (
        <Badge
          key={tag}
          variant="default"
          size="sm"
          radius="sm"
          tt="none"
          fw={500}
          h="auto"
          styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
        >
          {tag}
        </Badge>
      ))}
    </Group>
  )
}
