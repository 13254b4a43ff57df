import { useTranslation } from 'react-i18next'
import { defaultStages } from './default-stages.ts'
import { idFrom, type PipelineDraft } from './pipeline-draft.ts'

/** A pipeline of the kind as most would make it, in the reader's language. */
export function useNewPipeline(): (kind: string) => PipelineDraft {
  const { t } = useTranslation('pipelines')
  return (kind) => {
    const name = t('editor.defaultName')
    return {
      kind,
      id: idFrom(name, []),
      idTyped: false,
      name,
      fresh: true,
      stages: defaultStages(kind).map(({ id, type, color }) => ({
        key: id,
        id,
        name: t(`defaultStage.${id}`),
        type,
        color,
        fresh: true,
        idTyped: true,
      })),
    }
  }
}
