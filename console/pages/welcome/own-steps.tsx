import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inspectorRequests } from '../../data/inspectors.ts'
import { useLive } from '../../data/live.ts'
import { ArriveStep } from './arrive-step.tsx'
import { MakeStep } from './make-step.tsx'
import { type Move, MoveStep } from './move-step.tsx'
import { NextStep } from './next-step.tsx'
import type { Guide } from './plan.ts'
import { Step } from './step.tsx'

/** While a request is awaited it is looked for; what this server sends is told at once. */
const lookEveryMs = 1000

interface Props {
  guide: Guide | null
  preset: string | null
  /** It was made in this visit. */
  isFresh: boolean
  onMade: (webhookId: string) => void
}

/** Make, move, see it arrive, and what comes after that. */
export function OwnSteps({ guide, preset, isFresh, onMade }: Props) {
  const { t } = useTranslation('welcome')
  if (guide) return <Moving guide={guide} isFresh={isFresh} />
  return (
    <>
      {preset !== null && <MakeStep key={preset} presetName={preset} onMade={onMade} />}
      <Step number={3} title={t('move.title')} state="later" />
      <Step number={4} title={t('arrive.title')} state="later" />
      <NextStep number={5} webhookId={null} state="later" />
    </>
  )
}

function Moving({ guide, isFresh }: { guide: Guide; isFresh: boolean }) {
  const { t } = useTranslation('welcome')
  const client = useQueryClient()
  const { webhook, inspector, record, way } = guide
  const [move, setMove] = useState<Move | null>(null)
  const query = inspectorRequests(inspector.id)
  const list = useInfiniteQuery({ ...query, refetchInterval: move ? lookEveryMs : false })
  useLive({ attempt: () => void client.invalidateQueries({ queryKey: query.queryKey }) })
  const requests = list.data?.pages.flatMap(({ items }) => items) ?? []
  const hasArrived = requests.length > 0
  const isMoved = hasArrived || record.fields['stage_id'] === way.to.id
  return (
    <>
      <Step number={2} title={t('make.title')} state="done" about={t('make.done', { name: webhook.name })} />
      <MoveStep guide={guide} isDone={isMoved} isAsked={isFresh} requests={requests} onMove={setMove} />
      <ArriveStep
        guide={guide}
        move={move}
        requests={requests}
        isDue={isMoved || move !== null}
        problem={list.error}
      />
      <NextStep number={5} webhookId={webhook.id} state={hasArrived ? 'now' : 'later'} />
    </>
  )
}
