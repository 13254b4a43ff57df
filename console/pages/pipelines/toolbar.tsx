import { ActionIcon, Group, Indicator, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { IconFilter, IconSearch, IconTag, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKnownTags } from '../../data/known-tags.ts'
import type { CrmUser } from '../../data/users.ts'
import { PersonSelect } from '../../parts/person-select.tsx'
import type { BoardFilter } from './board-filter.ts'
import classes from './board.module.css'

interface Props {
  filter: BoardFilter
  onChange: (change: Partial<BoardFilter>) => void
  users: CrmUser[]
  kind: string
}

/** Narrows the board: text, owner, tag. */
export function BoardToolbar({ filter, onChange, users, kind }: Props) {
  const { t } = useTranslation('pipelines')
  const [text, setText] = useState(filter.search ?? '')
  const [tag, setTag] = useState(filter.tag ?? '')
  const search = useDebouncedCallback((value: string) => onChange({ search: value.trim() || undefined }), 300)
  // Any other than the suggested is found by its exact text.
  const { tags, look } = useKnownTags(kind)
  const typed = tag.trim()
  const data = [...new Set([...tags, ...(filter.tag ? [filter.tag] : []), ...(typed ? [typed] : [])])]
  const [shown, { toggle }] = useDisclosure()
  const set = [filter.search, filter.owner_id, filter.tag].filter(Boolean).length
  return (
    <>
      <Indicator
        hiddenFrom="sm"
        label={set}
        size={18}
        disabled={set === 0}
        // The count is read with the button.
        attributes={{ indicator: { 'aria-hidden': true } }}
      >
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('filter.toggle', { count: set })}
          aria-expanded={shown}
          onClick={toggle}
        >
          <IconFilter size={18} stroke={1.7} />
        </ActionIcon>
      </Indicator>
      <Group
        gap="xs"
        flex={{ base: '1 1 100%', sm: '1 1 30rem' }}
        className={classes.filters}
        data-shown={shown || undefined}
      >
        <TextInput
          type="search"
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          leftSection={<IconSearch size={16} />}
          value={text}
          maxLength={200}
          onChange={({ currentTarget: { value } }) => {
            setText(value)
            search(value)
          }}
          flex={{ base: '1 1 100%', sm: '1 1 12rem' }}
          maw={{ sm: 320 }}
        />
        <PersonSelect
          aria-label={t('filter.owner')}
          placeholder={t('filter.owner')}
          leftSection={<IconUser size={16} />}
          users={users}
          value={filter.owner_id ?? null}
          onChange={(value) => onChange({ owner_id: value ?? undefined })}
          flex="1 1 9rem"
          maw={{ sm: 220 }}
        />
        <Select
          aria-label={t('filter.tag')}
          placeholder={t('filter.tag')}
          leftSection={<IconTag size={16} />}
          data={data}
          onDropdownOpen={look}
          searchable
          clearable
          searchValue={tag}
          onSearchChange={setTag}
          value={filter.tag ?? null}
          onChange={(value) => onChange({ tag: value ?? undefined })}
          nothingFoundMessage={t('filter.noTags')}
          clearButtonProps={{ 'aria-label': t('clear') }}
          flex="1 1 9rem"
          maw={{ sm: 220 }}
        />
      </Group>
    </>
  )
}
