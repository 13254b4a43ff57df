import { Select } from '@mantine/core'
import { IconLayoutKanban } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { Pipeline } from '../../data/pipelines.ts'

interface Props {
  pipelines: Pipeline[]
  current: Pipeline
  onPick: (pipeline: Pipeline) => void
}

/** All pipelines, by what kind of record moves through them. */
export function PipelinePicker({ pipelines, current, onPick }: Props) {
  const { t } = useTranslation('pipelines')
  const { kinds } = useCatalogue()
  const pluralOf = (kind: string) => kinds.find(({ name }) => name === kind)?.plural ?? kind
  const key = ({ kind, id }: Pipeline) => `${kind}/${id}`
  const data = [...new Set(pipelines.map(({ kind }) => kind))].map((kind) => ({
    group: pluralOf(kind),
    items: pipelines
      .filter((pipeline) => pipeline.kind === kind)
      .map((pipeline) => ({ value: key(pipeline), label: `${pluralOf(kind)} · ${pipeline.name}` })),
  }))
  return (
    <Select
      aria-label={t('picker')}
      leftSection={<IconLayoutKanban size={16} />}
      data={data}
      value={key(current)}
      allowDeselect={false}
      searchable={pipelines.length > 7}
      maxDropdownHeight={400}
      onChange={(picked) => {
        const pipeline = pipelines.find((one) => key(one) === picked)
        if (pipeline) onPick(pipeline)
      }}
      flex="1 1 14rem"
      maw={{ sm: 340 }}
      styles={{ input: { fontWeight: 600 } }}
    />
  )
}
