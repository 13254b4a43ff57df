import { Button, Group, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWebhookForm } from './form-state.ts'
import classes from './form.module.css'

interface Props {
  saving: boolean
  onSave: () => void
  /** Where it is not beside the form. */
  onTry: (() => void) | null
}

/** What is to be saved, and the button that does it; always in view. */
export function SaveBar({ saving, onSave, onTry }: Props) {
  const { t } = useTranslation(['form', 'common'])
  const { saved, changed, readOnly } = useWebhookForm()
  const isNew = saved === null
  const state = readOnly
    ? t('save.readOnly')
    : changed
      ? t('save.unsaved')
      : isNew
        ? t('save.new')
        : t('save.nothing')
  return (
    <div className={classes.bar}>
      <Text size="sm" c="dimmed" role="status" visibleFrom="sm">
        {state}
      </Text>
      <Group gap="xs" ms="auto">
        {onTry && (
          <Button variant="default" leftSection={<IconFlask size={16} />} onClick={onTry}>
            {t('tryIt')}
          </Button>
        )}
        <Button
          component={Link}
          to={isNew ? '/webhooks' : `/webhooks/${saved.id}`}
          variant="default"
          {...(readOnly ? {} : { visibleFrom: 'sm' })}
        >
          {readOnly ? t('save.back') : t('common:cancel')}
        </Button>
        {!readOnly && (
          <Button onClick={onSave} loading={saving} disabled={!isNew && !changed}>
            {isNew ? t('save.make') : t('common:save')}
          </Button>
        )}
      </Group>
    </div>
  )
}
