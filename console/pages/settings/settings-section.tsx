import { Box, Card, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

interface Props {
  title: string
  about?: ReactNode
  children: ReactNode
}

/** A group of settings: what it is about on the left, the settings on the right. */
export function SettingsSection({ title, about, children }: Props) {
  const id = useId()
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <div>
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {about && (
          <Text size="sm" c="dimmed" mt={4} component="div">
            {about}
          </Text>
        )}
      </div>
      <Card withBorder padding="md" style={{ overflow: 'visible' }}>
        <Box>{children}</Box>
      </Card>
    </section>
  )
}
