import { Modal, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmRecord, recordName, useChangeRecord } from '../../data/records.ts'
import { DialogForm } from '../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../parts/return-focus.ts'

interface Props {
  record: CrmRecord
  /** Where it goes. */
  to: 'archived' | 'discarded' | 'active'
  onClose: () => void
}

/** Puts a record away, gives it up or takes it up again, with the reason that its event names. */
export function StateDialog({ record, to, onClose }: Props) {
  useReturnFocus()
  const { t } = useTranslation(['pipelines', 'common'])
  const [reason, setReason] = useState('')
  const change = useChangeRecord()
  const { kind, id } = record
  const submit = () =>
    change.mutate(
      { kind, id, fields: { state: to, state_reason: reason.trim() === '' ? null : reason.trim() } },
      { onSuccess: onClose },
    )
  return (
    <Modal opened onClose={onClose} title={t(`stateDialog.${to}.title`, { name: recordName(record) })}>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={change.isPending}
        submitLabel={t(`stateDialog.${to}.yes`)}
        gap="sm"
      >
        <Text size="sm">{t(`stateDialog.${to}.about`)}</Text>
        <Textarea
          label={t('stateDialog.reason')}
          description={t('common:optional')}
          autosize
          minRows={2}
          data-autofocus
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {change.isError && <ProblemAlert problem={change.error} />}
      </DialogForm>
    </Modal>
  )
}
