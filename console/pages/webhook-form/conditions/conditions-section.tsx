import type { WebhookForm } from '../form-state.ts'

export function ConditionsSection({ form }: { form: WebhookForm }) {
  return <output>{form.draft.conditions.rules.length}</output>
}
