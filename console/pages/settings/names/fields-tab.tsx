import { ActionIcon, Badge, Button, Card, Group, Menu, Select, Stack, Text } from '@mantine/core'
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Kind, type KnownField, useCatalogue } from '../../../data/catalogue.ts'
import { useDeleteField } from '../../../data/fields.ts'
import { useMay } from '../../../data/session.ts'
import { ActionsCell, CardTable } from '../../../parts/card-table.tsx'
import classes from '../settings.module.css'
import { FieldModal } from './field-modal.tsx'
import { useDeleteWithQuestion } from './use-delete-with-question.ts'

interface Props {
  /** The kind that is shown. */
  kind: string | null
  onKind: (kind: string) => void
}

/** All fields of a kind: those that are built in, those that the account declared, those that records brought. */
export function FieldsTab({ kind: wanted, onKind }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  const may = useMay()
  const { kinds } = useCatalogue()
  const kind = kinds.find(({ name }) => name === wanted) ?? kinds[0]!
  const [open, setOpen] = useState<{ field: KnownField | null } | null>(null)
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Select
          label={t('fields.kind')}
          allowDeselect={false}
          searchable
          w={240}
          data={kinds.map(({ name, title, fields }) => ({
            value: name,
            label: `${title} (${fields.length})`,
          }))}
          value={kind.name}
          comboboxProps={{ shadow: 'md' }}
          onChange={(name) => name && onKind(name)}
        />
        {may.manage && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ field: null })}>
            {t('fields.declare')}
          </Button>
        )}
      </Group>
      <Card withBorder padding={0} style={{ overflow: 'visible' }}>
        <CardTable
          className={classes['table']}
          columns={[t('fields.title'), t('fields.name'), t('fields.type'), t('fields.origin')]}
          withActions={may.manage}
        >
          {kind.fields.map((field) => (
            <FieldRow key={field.name} kind={kind} field={field} onEdit={() => setOpen({ field })} />
          ))}
        </CardTable>
      </Card>
      {open && <FieldModal kind={kind} field={open.field} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function FieldRow({ kind, field, onEdit }: { kind: Kind; field: KnownField; onEdit: () => void }) {
  const { t } = useTranslation('settings')
  const may = useMay()
  const { name, title, origin } = field
  return (
    <tr>
      <td>
        <Text size="sm" fw={600}>
          {title}
        </Text>
      </td>
      <td>
        <Text size="sm" ff="monospace">
          {name}
        </Text>
      </td>
      <td className={classes['start']}>
        <TypeText field={field} />
      </td>
      <td className={classes['end']}>
        <Badge variant="default" tt="none" fw={500}>
          {t(`fields.origins.${origin === 'built_in' && kind.origin === 'declared' ? 'of_kind' : origin}`)}
        </Badge>
      </td>
      {may.manage && (
        <ActionsCell>
          {origin !== 'built_in' && <FieldMenu kind={kind.name} field={field} onEdit={onEdit} />}
        </ActionsCell>
      )}
    </tr>
  )
}

/** What it holds: `Choice: north, south`, `Link to: Contact`. */
function TypeText({
  field: { type, choices, links },
}: {
  field: Pick<KnownField, 'type' | 'choices' | 'links'>
}) {
  const { t } = useTranslation('settings')
  const { kinds } = useCatalogue()
  const target = kinds.find(({ name }) => name === links)?.title ?? links
  const more = type === 'link' ? target : choices?.join(', ')
  return (
    <>
      <Text size="sm">{t(`fieldType.${type}`)}</Text>
      {more && (
        <Text size="xs" c="dimmed">
          {more}
        </Text>
      )}
    </>
  )
}

function FieldMenu({ kind, field, onEdit }: { kind: string; field: KnownField; onEdit: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const remove = useDeleteField()
  const ask = useDeleteWithQuestion()
  const { title, name, origin } = field
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('fields.menu', { name: title })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {origin === 'discovered' ? t('fields.declareThis') : t('common:edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))"
          onClick={() =>
            ask(t('fields.deleteTitle', { name: title }), t('fields.deleteAbout'), () =>
              remove.mutate({ kind, name }),
            )
          }
        >
          {t('common:delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
