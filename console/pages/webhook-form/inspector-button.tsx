import { Anchor, Button, Menu, Text } from '@mantine/core'
import { IconPlus, IconTestPipe } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { inspectorList, useMakeInspector } from '../../data/inspectors.ts'
import { useFolds } from './folds.ts'
import { useField } from './use-field.ts'

/** How many are offered; the newest come first. */
const shownMax = 8

/** A test address of our own in the place of a receiver: one that is there, or a new one. */
export function InspectorButton() {
  const { t } = useTranslation('form')
  const { value, set } = useField<string>('request.url')
  const { goTo } = useFolds()
  const { data } = useQuery(inspectorList)
  const make = useMakeInspector()
  const inspectors = data?.items ?? []
  const used = inspectors.find(({ url }) => value.startsWith(url))
  if (used) {
    return (
      <Text size="xs" c="dimmed">
        {t('inspector.used', { name: used.name })}{' '}
        <Anchor component={Link} to={`/inspector/${used.id}`} target="_blank" size="xs" underline="always">
          {t('inspector.open')}
        </Anchor>
      </Text>
    )
  }
  const take = (url: string) => {
    set(url)
    // This button is gone then.
    goTo('request.url')
  }
  const makeOne = () =>
    make.mutate({ name: t('inspector.name') }, { onSuccess: (inspector) => take(inspector.url) })
  const button = (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconTestPipe size={14} />}
      loading={make.isPending}
      {...(inspectors.length === 0 ? { onClick: makeOne } : {})}
    >
      {t('inspector.use')}
    </Button>
  )
  if (inspectors.length === 0) return button
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('inspector.about')}</Menu.Label>
        {inspectors.slice(0, shownMax).map((inspector) => (
          <Menu.Item
            key={inspector.id}
            leftSection={<IconTestPipe size={14} />}
            onClick={() => take(inspector.url)}
          >
            {inspector.name || inspector.url}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={14} />} onClick={makeOne}>
          {t('inspector.make')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
