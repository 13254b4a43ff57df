import { UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pipeline } from '../../data/pipelines.ts'
import { type CrmRecord, useMoveRecord } from '../../data/records.ts'
import { useMay } from '../../data/session.ts'
import { StageSign } from '../../parts/stage/badge.tsx'
import { stageColor } from '../../parts/stage/color.ts'
import classes from './stage-steps.module.css'

/** In pixels: so much of the stage before stays in sight. */
const margin = 40

/** Where the record stands on its way; a press on a stage moves it there. */
export function StageSteps({ record, pipeline }: { record: CrmRecord; pipeline: Pipeline }) {
  const { t } = useTranslation('pipelines')
  const may = useMay()
  const move = useMoveRecord()
  const { kind, id, fields } = record
  const list = useRef<HTMLOListElement>(null)
  const at = pipeline.stages.findIndex((stage) => stage.id === fields.stage_id)
  useEffect(() => {
    const here = list.current?.children[at]
    // Only the strip scrolls, not the page.
    if (list.current && here instanceof HTMLElement)
      list.current.scrollLeft = here.offsetLeft - list.current.offsetLeft - margin
  }, [at])
  const fixed = !may.manage || record.state === 'deleted'
  return (
    <ol ref={list} className={classes.steps} aria-label={t('steps')}>
      {pipeline.stages.map((stage) => {
        const here = stage.id === fields.stage_id
        return (
          <li key={stage.id} className={classes.step}>
            <UnstyledButton
              className={classes.button}
              style={{ '--stage-color': stageColor(stage.color, stage.type) } as React.CSSProperties}
              data-here={here || undefined}
              aria-current={here ? 'step' : undefined}
              disabled={fixed || here}
              onClick={() =>
                move.mutate({ kind, id, fields: { pipeline_id: pipeline.id, stage_id: stage.id } })
              }
            >
              {stage.name} <StageSign type={stage.type} size={14} />
            </UnstyledButton>
          </li>
        )
      })}
    </ol>
  )
}
