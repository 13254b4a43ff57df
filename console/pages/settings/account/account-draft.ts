import type { Account, AccountChange } from '../../../data/account.ts'

/** What has been typed; a number that is being typed may be nothing yet. */
export type AccountDraft = Omit<AccountChange, 'retention_days'> & { retention_days?: number | '' }

export const retentionDaysMin = 1
export const retentionDaysMax = 3650

/** What differs from what is kept: the body of the change. */
export function changesOf(draft: AccountDraft, account: Account): AccountDraft {
  return Object.fromEntries(
    Object.entries(draft).filter(([key, value]) => value !== account[key as keyof Account]),
  )
}

export type Mistake = 'nameNeeded' | 'subdomain' | 'retention'

/** What the server would refuse, by setting. */
export function mistakesOf(draft: AccountDraft): Partial<Record<keyof AccountDraft, Mistake>> {
  const { name, subdomain, retention_days } = draft
  const fits =
    typeof retention_days === 'number' &&
    Number.isInteger(retention_days) &&
    retention_days >= retentionDaysMin &&
    retention_days <= retentionDaysMax
  return {
    ...(name !== undefined && name.trim() === '' ? { name: 'nameNeeded' as const } : {}),
    ...(subdomain !== undefined && !/^[a-z0-9-]*$/.test(subdomain)
      ? { subdomain: 'subdomain' as const }
      : {}),
    ...(retention_days !== undefined && !fits ? { retention_days: 'retention' as const } : {}),
  }
}

/** Whether saving it deletes history that is kept today. */
export function shortensHistory(draft: AccountDraft, account: Account): boolean {
  return typeof draft.retention_days === 'number' && draft.retention_days < account.retention_days
}
