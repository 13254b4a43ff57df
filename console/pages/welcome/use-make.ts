import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preset } from '../../data/catalogue.ts'
import { inspectorList, useMakeInspector } from '../../data/inspectors.ts'
import { type PipelineInput, useMakePipeline } from '../../data/pipelines.ts'
import { useChangeRecord } from '../../data/records.ts'
import { useMakeWebhook } from '../../data/webhooks.ts'
import { guideKind, guideRecordId, guideWebhook, type Way } from './plan.ts'

/** What is made, in this order: the lead before the webhook, so that only its move is sent. */
const parts = ['pipeline', 'lead', 'inspector', 'webhook'] as const
export type Part = (typeof parts)[number]

interface Input {
  preset: Preset | undefined
  starter: PipelineInput
  way: Way
  onMade: (webhookId: string) => void
}

/** Makes one piece after the other; run again, it goes on with the one that failed. */
export function useMake({ preset, starter, way, onMade }: Input) {
  const { t } = useTranslation('welcome')
  const client = useQueryClient()
  const makePipeline = useMakePipeline()
  const changeRecord = useChangeRecord()
  const makeInspector = useMakeInspector()
  const makeWebhook = useMakeWebhook()
  const [done, setDone] = useState<ReadonlySet<Part>>(() => new Set(way.exists ? ['pipeline'] : []))
  const [current, setCurrent] = useState<Part | null>(null)
  const [problem, setProblem] = useState<Error | null>(null)
  const [url, setUrl] = useState<string | null>(null)

  const steps: Record<Part, (address: string) => Promise<string>> = {
    async pipeline(address) {
      await makePipeline.mutateAsync(starter)
      return address
    },
    async lead(address) {
      const fields = {
        name: t('lead.name'),
        price: 12_000,
        currency: t('lead.currency'),
        pipeline_id: way.pipeline.id,
        stage_id: way.from.id,
      }
      await changeRecord.mutateAsync({ kind: guideKind, id: guideRecordId, fields })
      return address
    },
    async inspector() {
      const name = t('make.inspectorName')
      // One that an earlier try has left is taken again.
      const { items } = await client.fetchQuery(inspectorList)
      const known = items.find((one) => one.name === name) ?? (await makeInspector.mutateAsync({ name }))
      setUrl(known.url)
      return known.url
    },
    async webhook(address) {
      const made = await makeWebhook.mutateAsync(guideWebhook(preset!, way, address))
      onMade(made.id)
      return address
    },
  }

  const run = async () => {
    setProblem(null)
    let address = url ?? ''
    for (const part of parts) {
      if (done.has(part)) continue
      setCurrent(part)
      try {
        address = await steps[part](address)
        setDone((before) => new Set([...before, part]))
      } catch (error) {
        setProblem(error instanceof Error ? error : new Error(String(error)))
        return
      }
    }
    setCurrent(null)
  }
  const stateOf = (part: Part) =>
    done.has(part) ? 'done' : part !== current ? 'todo' : problem ? 'failed' : 'doing'
  return { run: () => void run(), running: current !== null && problem === null, problem, stateOf }
}
