import { Alert, Anchor, Badge, Button, List, Text } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Preset } from '../../data/catalogue.ts'
import type { WebhookSettings } from '../../data/webhooks.ts'
import { GuideLink } from '../../parts/guide-link.tsx'
import { useFolds } from './folds.ts'
import { type Ask, useWebhookForm } from './form-state.ts'
import { valueAt } from './path.ts'

/** Whether nothing stands there yet. */
function isOpen(path: string, draft: WebhookSettings): boolean {
  const value = valueAt(draft, path)
  if (path === 'request.auth') return draft.request.auth.type === 'none'
  if (path === 'conditions') return draft.conditions.rules.length === 0
  if (path === 'limits') return draft.limits.per_record === null && draft.limits.min_interval_s === null
  return value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

/** What must still be told before the webhook can work. */
function openAsks(asks: readonly Ask[], draft: WebhookSettings): Ask[] {
  return asks.filter(({ path, required }) => required && isOpen(path, draft))
}

/** Beside a field that the preset asks for: that it does, and where the user finds the answer. */
export function AskMark({ path, children }: { path: string; children?: ReactNode }) {
  const { t } = useTranslation('form')
  const { asks, draft } = useWebhookForm()
  const ask = asks.find((one) => one.path === path)
  if (!ask) return <>{children}</>
  return (
    <span>
      {isOpen(path, draft) && (
        <Badge component="span" size="sm" variant={ask.required ? 'filled' : 'default'} tt="none" me={6}>
          {t(ask.required ? 'asks.needed' : 'asks.here')}
        </Badge>
      )}
      {ask.hint}
    </span>
  )
}

/** Which preset it is, and what it still needs, each a way to its field. */
export function PresetNote({ preset }: { preset: Preset }) {
  const { t } = useTranslation('form')
  const { asks, draft } = useWebhookForm()
  const { goTo } = useFolds()
  const open = openAsks(asks, draft)
  return (
    <Alert variant="light" icon={<IconListCheck />} title={preset.title}>
      <Text size="sm">
        {preset.description} <GuideLink name={preset.guide}>{t('asks.guide')}</GuideLink>
      </Text>
      {open.length > 0 ? (
        <>
          <Text size="sm" mt={6} fw={600}>
            {t('asks.still')}
          </Text>
          <List size="sm" withPadding={false} ps={18}>
            {open.map(({ path, title, hint }) => (
              <List.Item key={path}>
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  fw={600}
                  c="inherit"
                  underline="always"
                  onClick={() => goTo(path)}
                >
                  {title}
                </Anchor>
                {': '}
                {hint}
              </List.Item>
            ))}
          </List>
        </>
      ) : (
        <Text size="sm" mt={6}>
          {t('asks.done')}
        </Text>
      )}
      <Button component={Link} to="/webhooks/new" variant="default" size="compact-sm" mt={8}>
        {t('start.another')}
      </Button>
    </Alert>
  )
}
