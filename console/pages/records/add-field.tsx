import { Button, Group, Modal, Select, TagsInput, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FieldType, useCatalogue } from '../../data/catalogue.ts'
import { useMakeField } from '../../data/fields.ts'
import { DialogForm } from '../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../parts/return-focus.ts'
import { problemsOf } from './record-draft.ts'

const offered = ['text', 'number', 'money', 'boolean', 'date', 'choice', 'tags', 'user', 'link'] as const

/** Declares one more field for all records of the kind. */
export function AddField({ kind }: { kind: string }) {
  const { t } = useTranslation('pipelines')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Group>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => setOpened(true)}
        >
          {t('field.add')}
        </Button>
      </Group>
      {opened && <FieldDialog kind={kind} onClose={() => setOpened(false)} />}
    </>
  )
}

function FieldDialog({ kind, onClose }: { kind: string; onClose: () => void }) {
  useReturnFocus()
  const { t } = useTranslation(['pipelines', 'common'])
  const { kinds } = useCatalogue()
  const make = useMakeField()
  const [title, setTitle] = useState('')
  const [name, setName] = useState('')
  const [type, setType] = useState<FieldType>('text')
  const [choices, setChoices] = useState<string[]>([])
  const [links, setLinks] = useState<string | null>(null)
  const { byField, rest } = problemsOf(make.error, ['name', 'title', 'type', 'choices', 'links'])
  const submit = () =>
    make.mutate(
      {
        kind,
        name: name.trim(),
        type,
        ...(title.trim() === '' ? {} : { title: title.trim() }),
        ...(type === 'choice' ? { choices } : {}),
        ...(type === 'link' && links ? { links } : {}),
      },
      { onSuccess: onClose },
    )
  return (
    <Modal opened onClose={onClose} title={t('field.addTitle')}>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        isSaving={make.isPending}
        submitLabel={t('common:add')}
        disabled={name.trim() === ''}
        gap="sm"
      >
        <TextInput
          label={t('field.title')}
          value={title}
          maxLength={200}
          data-autofocus
          onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          error={byField.get('title')}
        />
        <TextInput
          label={t('field.name')}
          description={t('field.nameAbout')}
          value={name}
          maxLength={100}
          required
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          error={byField.get('name')}
        />
        <Select
          label={t('field.type')}
          data={offered.map((one) => ({ value: one, label: t(`fieldType.${one}`) }))}
          value={type}
          allowDeselect={false}
          onChange={(picked) => setType((picked ?? 'text') as FieldType)}
          error={byField.get('type')}
        />
        {type === 'choice' && (
          <TagsInput
            label={t('field.choices')}
            description={t('field.choicesAbout')}
            value={choices}
            onChange={setChoices}
            error={byField.get('choices')}
          />
        )}
        {type === 'link' && (
          <Select
            label={t('field.links')}
            data={kinds.map((one) => ({ value: one.name, label: one.title }))}
            value={links}
            onChange={setLinks}
            required
            error={byField.get('links')}
          />
        )}
        {rest && <ProblemAlert problem={rest} />}
      </DialogForm>
    </Modal>
  )
}
