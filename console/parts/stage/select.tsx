import { Group, Select, type SelectProps } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../data/pipelines.ts'
import { StageBadge } from './badge.tsx'

type Props = Omit<SelectProps, 'data' | 'renderOption'> & { stages: Stage[] }

/** One stage of a pipeline, with its colour. One that the pipeline does not know stays selectable by its id. */
export function StageSelect({ stages, value, ...rest }: Props) {
  const { t } = useTranslation('pipelines')
  const known = stages.map(({ id, name }) => ({ value: id, label: name }))
  const data = value && !stages.some(({ id }) => id === value) ? [...known, { value, label: value }] : known
  return (
    <Select
      data={data}
      value={value ?? null}
      searchable
      comboboxProps={{ shadow: 'md' }}
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('noStage')}
      renderOption={({ option, checked }) => {
        const stage = stages.find(({ id }) => id === option.value)
        return (
          <Group gap={6} wrap="nowrap" justify="space-between" flex={1}>
            <StageBadge stage={stage ?? { name: option.label, color: null, type: 'open' }} />
            {checked && <IconCheck size={15} stroke={1.8} style={{ flexShrink: 0 }} />}
          </Group>
        )
      }}
      {...rest}
    />
  )
}
