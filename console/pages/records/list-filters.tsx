import { Autocomplete, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../../data/catalogue.ts'
import { useKnownTags } from '../../data/known-tags.ts'
import { PersonSelect } from '../../parts/person-select.tsx'
import type { RecordNames } from '../../parts/record/value.tsx'
import { findPipeline } from '../../parts/stage/lookup.ts'
import { StageSelect } from '../../parts/stage/select.tsx'
import type { ListFilter, ListState } from './list-filter.ts'

interface Props {
  kind: Kind
  kinds: Kind[]
  filter: ListFilter
  names: RecordNames
  onChange: (change: Partial<ListFilter>) => void
  onKind: (kind: string) => void
}

/** Which records of which kind. */
export function ListFilters({ kind, kinds, filter, names, onChange, onKind }: Props) {
  const { t } = useTranslation('pipelines')
  const [text, setText] = useState(filter.search)
  const [tag, setTag] = useState(filter.tag)
  const { tags, look } = useKnownTags(kind.name)
  const search = useDebouncedCallback(onChange, 300)
  const pipelines = names.pipelines.filter((pipeline) => pipeline.kind === kind.name)
  const pipeline = findPipeline(pipelines, kind.name, filter.pipeline)
  const can = (capability: string) => kind.capabilities.includes(capability)
  const box = { flex: '1 1 9.5rem', maw: { sm: 220 } }
  return (
    <Group gap="xs">
      <Select
        aria-label={t('filter.kind')}
        data={kinds.map(({ name, plural }) => ({ value: name, label: plural }))}
        value={kind.name}
        allowDeselect={false}
        onChange={(picked) => picked && onKind(picked)}
        styles={{ input: { fontWeight: 600 } }}
        {...box}
      />
      <TextInput
        type="search"
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        leftSection={<IconSearch size={16} />}
        value={text}
        maxLength={200}
        onChange={({ currentTarget: { value } }) => {
          setText(value)
          search({ search: value.trim() })
        }}
        flex={{ base: '1 1 100%', sm: '1 1 12rem' }}
        maw={{ sm: 300 }}
      />
      {pipelines.length > 0 && (
        <Select
          aria-label={t('filter.pipeline')}
          placeholder={t('filter.pipeline')}
          data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.pipeline === '' ? null : filter.pipeline}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          onChange={(picked) => onChange({ pipeline: picked ?? '', stage: '' })}
          {...box}
        />
      )}
      {pipeline && (
        <StageSelect
          aria-label={t('filter.stage')}
          placeholder={t('filter.stage')}
          stages={pipeline.stages}
          value={filter.stage === '' ? null : filter.stage}
          clearable
          onChange={(picked) => onChange({ stage: picked ?? '' })}
          {...box}
        />
      )}
      {can('owned') && (
        <PersonSelect
          aria-label={t('filter.owner')}
          placeholder={t('filter.owner')}
          users={names.users}
          value={filter.owner === '' ? null : filter.owner}
          onChange={(picked) => onChange({ owner: picked ?? '' })}
          {...box}
        />
      )}
      {can('tagged') && (
        <Autocomplete
          aria-label={t('filter.tag')}
          placeholder={t('filter.tag')}
          data={tags}
          limit={50}
          onFocus={look}
          value={tag}
          maxLength={200}
          onChange={(value) => {
            setTag(value)
            search({ tag: value.trim() })
          }}
          {...box}
        />
      )}
      {can('archivable') && (
        <Select
          aria-label={t('filter.state')}
          data={(['active', 'archived', 'discarded', 'all'] as const).map((state) => ({
            value: state,
            label: state === 'all' ? t('filter.anyState') : t(`state.${state}`),
          }))}
          value={filter.state}
          allowDeselect={false}
          onChange={(picked) => onChange({ state: (picked ?? 'active') as ListState })}
          {...box}
        />
      )}
    </Group>
  )
}
