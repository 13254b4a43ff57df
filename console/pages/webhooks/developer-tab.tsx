import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { handoutQuery } from '../../data/handout.ts'
import { useMay } from '../../data/session.ts'
import type { Webhook } from '../../data/webhooks.ts'
import { HandoutView } from '../../parts/handout-view.tsx'
import { Loading } from '../../parts/loading.tsx'
import { ProblemAlert } from '../../parts/problem/alert.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { SharePanel } from './share-panel.tsx'

/** "Give to your developer": a link to hand over, and what it shows. */
export function DeveloperTab({ webhook: { id, delivery } }: { webhook: Webhook }) {
  const may = useMay()
  const { i18n } = useTranslation()
  const handout = useQuery(handoutQuery(id, i18n.language))
  return (
    <Stack gap="lg">
      <SharePanel webhookId={id} />
      {may.manage && delivery.signing === 'standard' && <SecretPanel webhookId={id} />}
      {handout.error && <ProblemAlert problem={handout.error} retry={() => void handout.refetch()} />}
      {handout.isPending && <Loading />}
      {handout.data && <HandoutView handout={handout.data} />}
    </Stack>
  )
}
