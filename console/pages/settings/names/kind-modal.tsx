import { Checkbox, Modal, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../../data/catalogue.ts'
import { ApiProblem } from '../../../data/client.ts'
import { type DeclaredKind, usePutKind } from '../../../data/kinds.ts'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { problemAt } from '../problem-at.ts'
import { actionTitle } from './action-title.ts'
import { draftOf, inputOf, type KindFieldDraft } from './kind-draft.ts'
import { KindFields } from './kind-fields.tsx'

interface Props {
  /** The one to change; without it a new one is declared. */
  kind: DeclaredKind | null
  onClose: () => void
}

/** A kind of record of the account's own: what it is called, what its records can do, and its fields. */
export function KindModal({ kind, onClose }: Props) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const put = usePutKind()
  const [draft, setDraft] = useState(() => draftOf(kind))
  const problem = (path: string) => problemAt(put.error, path, t)
  const change = (part: Partial<typeof draft>) => {
    setDraft((before) => ({ ...before, ...part }))
    if (!put.isPending) put.reset()
  }
  const submit = () => put.mutate(inputOf(draft), { onSuccess: onClose })
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={kind ? t('kinds.editTitle', { name: kind.title }) : t('kinds.declare')}
    >
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={put.isPending}
        disabled={draft.name.trim() === ''}
        noValidate
      >
        {put.error && !isInForm(put.error) && <ProblemAlert problem={put.error} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            data-autofocus
            autoComplete="off"
            label={t('kinds.kindTitle')}
            placeholder={t('kinds.titleExample')}
            maxLength={200}
            value={draft.title}
            error={problem('title')}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <TextInput
            autoComplete="off"
            spellCheck={false}
            readOnly={kind !== null}
            label={t('kinds.name')}
            placeholder="subscription"
            maxLength={64}
            value={draft.name}
            error={problem('name')}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </SimpleGrid>
        <Capabilities value={draft.capabilities} onChange={(capabilities) => change({ capabilities })} />
        <KindFields
          fields={draft.fields}
          problem={problem}
          onChange={(fields: KindFieldDraft[]) => change({ fields })}
        />
      </DialogForm>
    </Modal>
  )
}

/** Mistakes of its name, title and fields stand beside them. */
function isInForm(problem: Error): boolean {
  return (
    problem instanceof ApiProblem &&
    problem.errors.length > 0 &&
    problem.errors.every(({ path }) => path === 'name' || path === 'title' || path.startsWith('fields.'))
  )
}

function Capabilities({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation('settings')
  const { capabilities, events } = useCatalogue()
  return (
    <Checkbox.Group
      label={t('kinds.capabilities')}
      description={t('kinds.capabilitiesAbout')}
      value={value}
      onChange={onChange}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {capabilities.map(({ name, title, events: actions }) => (
          <Checkbox
            key={name}
            value={name}
            label={
              <Text span size="sm">
                {title}
              </Text>
            }
            description={actions.map((action) => actionTitle(events, action)).join(', ')}
          />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
