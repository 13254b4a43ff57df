import { Box, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './facts.module.css'

interface Props {
  /** Rows without a value are left out. */
  facts: { title: string; value: ReactNode }[]
}

/** Titles with their values: beside each other where there is room, else beneath. */
export function DeliveryFacts({ facts }: Props) {
  return (
    <dl className={classes['facts']}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== false)
        .map(({ title, value }) => (
          <Box key={title} className={classes['fact'] ?? ''}>
            <Text component="dt" size="sm" c="dimmed">
              {title}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
              {value}
            </Text>
          </Box>
        ))}
    </dl>
  )
}
