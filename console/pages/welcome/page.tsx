import { Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { demoQuery } from '../../data/demo.ts'
import { useMay } from '../../data/session.ts'
import { Loading } from '../../parts/loading.tsx'
import { ChooseStep } from './choose-step.tsx'
import { Frame } from './frame.tsx'
import { NextStep } from './next-step.tsx'
import { OwnSteps } from './own-steps.tsx'
import type { Guide } from './plan.ts'
import { Tour } from './tour.tsx'
import { useGuide } from './use-guide.ts'
import classes from './welcome.module.css'

/** The first minute: look around in demo data, or see a first webhook arrive. */
export function Page() {
  // What the steps say is loaded with the page: words that come later would put it out of sight for a moment.
  const { t } = useTranslation(['welcome', 'exchange', 'pipelines'])
  const may = useMay()
  const { guide, isLoading, remember } = useGuide()
  if (isLoading) return <Loading />
  return (
    <Frame about={t(may.manage ? 'about' : 'viewer')}>
      {may.manage ? <Steps guide={guide} onMade={remember} /> : <Tour />}
    </Frame>
  )
}

function Steps({ guide, onMade }: { guide: Guide | null; onMade: (webhookId: string) => void }) {
  const { t } = useTranslation('welcome')
  const { data: demo } = useSuspenseQuery(demoQuery)
  const [wasMade] = useState(guide !== null)
  const [chosen, setChosen] = useState<string | null>(null)
  const isOwn = guide !== null || chosen !== null
  return (
    <>
      <ol className={classes['steps']}>
        <ChooseStep
          demoLoaded={demo.loaded}
          isDone={isOwn || demo.loaded}
          isOwn={guide !== null}
          preset={chosen}
          onPreset={setChosen}
        />
        {isOwn ? (
          <OwnSteps guide={guide} preset={chosen} isFresh={!wasMade} onMade={onMade} />
        ) : (
          <NextStep number={2} webhookId={null} state={demo.loaded ? 'now' : 'later'} />
        )}
      </ol>
      {!isOwn && !demo.loaded && (
        <Text size="sm" c="dimmed">
          {t('nothingLost')}
        </Text>
      )}
    </>
  )
}
