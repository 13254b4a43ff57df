import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kind, KnownField } from '../../../data/catalogue.ts'
import { useMakeField, usePutField } from '../../../data/fields.ts'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { isShownAt, problemAt } from '../problem-at.ts'
import { shapeInput, shapeOf } from './field-shape.ts'
import { FieldShapeInputs } from './field-shape-inputs.tsx'

interface Props {
  kind: Kind
  /** The one to change; without it a new one is declared. */
  field: KnownField | null
  onClose: () => void
}

const places = ['name', 'title', 'type', 'choices', 'links'] as const

/** What a field is called and what it holds. */
export function FieldModal({ kind, field, onClose }: Props) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const make = useMakeField()
  const put = usePutField()
  const save = field ? put : make
  const [name, setName] = useState(field?.name ?? '')
  const [title, setTitle] = useState(field?.title ?? '')
  const [shape, setShape] = useState(shapeOf(field ?? { type: 'text' }))
  const problem = (path: string) => problemAt(save.error, path, t)

  const submit = () => {
    const called = title.trim()
    save.mutate(
      { kind: kind.name, name: name.trim(), ...(called ? { title: called } : {}), ...shapeInput(shape) },
      { onSuccess: onClose },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        field ? t('fields.editTitle', { name: field.title }) : t('fields.declareTitle', { kind: kind.title })
      }
    >
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={save.isPending}
        disabled={name.trim() === ''}
        noValidate
      >
        {save.error && !isShownAt(save.error, places) && <ProblemAlert problem={save.error} />}
        <TextInput
          data-autofocus
          autoComplete="off"
          label={t('fields.title')}
          description={t('fields.titleAbout')}
          maxLength={200}
          value={title}
          error={problem('title')}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          autoComplete="off"
          spellCheck={false}
          readOnly={field !== null}
          label={t('fields.name')}
          description={t('fields.nameAbout')}
          maxLength={100}
          value={name}
          error={problem('name')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FieldShapeInputs
          value={shape}
          problem={problem}
          onChange={(next) => {
            setShape(next)
            save.reset()
          }}
        />
      </DialogForm>
    </Modal>
  )
}
