import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { handoutQuery } from '../../data/handout.ts'
import { HandoutView } from '../../parts/handout-view.tsx'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { SharePanel } from './share-panel.tsx'

/** "Give to your developer": a link to hand over, and what it shows. */
export function DeveloperTab({ webhookId }: { webhookId: string }) {
  const { i18n } = useTranslation()
  const handout = useQuery(handoutQuery(webhookId, i18n.language))
  return (
    <Stack gap="lg">
      <SharePanel webhookId={webhookId} />
      {handout.error && <ProblemAlert problem={handout.error} retry={() => void handout.refetch()} />}
      {handout.isPending && <Loading />}
      {handout.data && <HandoutView handout={handout.data} />}
    </Stack>
  )
}
