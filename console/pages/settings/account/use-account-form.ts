import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Account, type AccountChange, useChangeAccount } from '../../../data/account.ts'
import { useMay } from '../../../data/session.ts'
import { confirmDanger } from '../../../parts/confirm.tsx'
import { isShownAt, problemAt } from '../problem-at.ts'
import { type AccountDraft, changesOf, mistakesOf, shortensHistory } from './account-draft.ts'

const fields = ['name', 'subdomain', 'time_zone', 'language', 'strict', 'retention_days'] as const

/** The account's settings as they are being changed: nothing is kept until they are saved. */
export function useAccountForm(account: Account) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const save = useChangeAccount()
  const [draft, setDraft] = useState<AccountDraft>({})
  const changes = changesOf(draft, account)
  const mistakes = mistakesOf(changes)
  const isWrong = Object.keys(mistakes).length > 0
  const send = () =>
    save.mutate(changes as AccountChange, {
      onSuccess() {
        setDraft({})
        notifications.show({ message: t('common:saved') })
      },
    })

  return {
    shown: { ...account, ...draft },
    readOnly: !may.manage,
    changes: Object.keys(changes).length,
    shortens: !isWrong && shortensHistory(changes, account),
    saving: save.isPending,
    /** What the server said that belongs to no field. */
    refused: save.error && !isShownAt(save.error, fields) ? save.error : null,
    blocked: isWrong ? t('account.mistakes') : undefined,
    /** What is wrong with a setting: seen here, or said by the server of the very value that stands there. */
    problem(field: keyof AccountDraft): string | undefined {
      const mistake = mistakes[field]
      if (mistake) return t(`account.mistake.${mistake}`)
      return save.variables?.[field] === changes[field] ? problemAt(save.error, field, t) : undefined
    },
    change: (part: AccountDraft) => setDraft((before) => ({ ...before, ...part })),
    discard() {
      setDraft({})
      save.reset()
    },
    submit() {
      if (!shortensHistory(changes, account)) return send()
      confirmDanger({
        title: t('account.shorten.title', { count: Number(changes.retention_days) }),
        about: t('account.shorten.about', { count: Number(changes.retention_days) }),
        yes: t('account.shorten.do'),
        no: t('common:cancel'),
        onYes: send,
      })
    },
  }
}

export type AccountForm = ReturnType<typeof useAccountForm>
