import { Button, Group, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** No stages: the whole pipeline. */
  onAdd: (pipelineId: string, stageIds: string[]) => void
}

/** For pipelines that no record has named yet: their ids, as the CRM writes them. */
export function StagesById({ onAdd }: Props) {
  const { t } = useTranslation(['form', 'common'])
  const [opened, setOpened] = useState(false)
  const [pipelineId, setPipelineId] = useState('')
  const [stageIds, setStageIds] = useState<string[]>([])
  const id = pipelineId.trim()
  if (!opened) {
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setOpened(true)}
      >
        {t('stages.byId')}
      </Button>
    )
  }
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        label={t('stages.pipelineId')}
        value={pipelineId}
        onChange={(change) => setPipelineId(change.currentTarget.value)}
        maxLength={200}
        w={160}
      />
      <TagsInput
        label={t('stages.stageIds')}
        value={stageIds}
        onChange={setStageIds}
        placeholder={stageIds.length === 0 ? t('stages.anyStage') : undefined}
        maxLength={200}
        style={{ flex: '1 1 200px' }}
      />
      <Button
        variant="default"
        disabled={id === ''}
        onClick={() => {
          onAdd(id, stageIds)
          setPipelineId('')
          setStageIds([])
          setOpened(false)
        }}
      >
        {t('common:add')}
      </Button>
      <Button variant="subtle" onClick={() => setOpened(false)}>
        {t('common:cancel')}
      </Button>
    </Group>
  )
}
