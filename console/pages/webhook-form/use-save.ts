import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiProblem } from '../../data/client.ts'
import { useChangeWebhook, useMakeWebhook, type WebhookSettings } from '../../data/webhooks.ts'
import { changesOf } from './changes.ts'
import type { Folds } from './folds.ts'
import type { WebhookForm } from './form-state.ts'

interface Saving {
  save: () => Promise<void>
  saving: boolean
  /** What is no mistake of a field: the server is away, somebody else deleted or changed the webhook. */
  failure: Error | null
  /** The webhook is another one by now, so that saving the same again would fail again. */
  outdated: boolean
}

/** Sends a new webhook whole and of an edited one what changed. `onSaved` is called before the page is left. */
export function useSave(
  form: WebhookForm,
  folds: Folds,
  complete: WebhookSettings,
  onSaved: () => void,
): Saving {
  const { t } = useTranslation('form')
  const navigate = useNavigate()
  const make = useMakeWebhook()
  const change = useChangeWebhook()
  const [failure, setFailure] = useState<Error | null>(null)
  const saving = make.isPending || change.isPending

  async function send() {
    if (form.saved === null) return make.mutateAsync(complete)
    const changed = changesOf(form.initial, complete)
    return changed && change.mutateAsync({ ...form.saved, change: changed })
  }

  async function save() {
    if (saving || form.readOnly) return
    setFailure(null)
    try {
      const webhook = await send()
      if (!webhook) return
      onSaved()
      notifications.show({
        color: 'green',
        title: t('save.done'),
        message: t(form.saved === null ? 'save.made' : 'save.changed', { name: webhook.name }),
      })
      await navigate(`/webhooks/${webhook.id}`)
    } catch (error) {
      const problems = error instanceof ApiProblem ? error.errors : []
      form.setProblems(problems)
      folds.openFor(problems.map(({ path }) => path))
      if (problems.length === 0) setFailure(error instanceof Error ? error : new Error(String(error)))
    }
  }

  const outdated = failure instanceof ApiProblem && failure.code === 'precondition_failed'
  return { save, saving, failure, outdated }
}
