import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Delivery } from '../../data/deliveries.ts'
import { DeliveryMoment } from './moment.tsx'
import { Purpose } from './row-parts.tsx'
import { DeliveryState } from './state.tsx'
import classes from './rows.module.css'

interface Props {
  deliveries: Delivery[]
  webhookName: (id: string) => string
  /** Opens it where the reader is; without it the link goes to the history. */
  onOpen?: (id: string) => void
}

/** A few deliveries: to whom, when, and how each stands. */
export function DeliveryLines({ deliveries, webhookName, onOpen }: Props) {
  return (
    <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {deliveries.map((delivery) => {
        const { id, webhook_id, last_status_code, created_at } = delivery
        return (
          <Group
            key={id}
            component="li"
            justify="space-between"
            wrap="nowrap"
            align="flex-start"
            gap="sm"
            py={8}
            className={classes['line'] ?? ''}
          >
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Group gap={6}>
                <Anchor
                  component={Link}
                  to={`/history/${id}`}
                  size="sm"
                  fw={600}
                  onClick={(event) => {
                    if (!onOpen || event.ctrlKey || event.metaKey || event.shiftKey) return
                    event.preventDefault()
                    onOpen(id)
                  }}
                >
                  {webhookName(webhook_id)}
                </Anchor>
                <Purpose delivery={delivery} />
              </Group>
              <Text size="xs" c="dimmed" component="div">
                <DeliveryMoment at={created_at} inline />
                {last_status_code !== null && ` · HTTP ${last_status_code}`}
              </Text>
            </div>
            <DeliveryState delivery={delivery} />
          </Group>
        )
      })}
    </Stack>
  )
}
