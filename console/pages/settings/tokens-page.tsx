import { Button, Card } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../data/session.ts'
import { allTokens } from '../../data/tokens.ts'
import { Empty } from '../../parts/empty.tsx'
import { Page as Frame } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { OwnersOnly } from './owners-only.tsx'
import { KindTable } from './tokens/kind-table.tsx'
import { MakeModal } from './tokens/make-modal.tsx'
import { TokenList } from './tokens/token-list.tsx'

/** The keys by which programs come in, and which kind is for which case. */
export function Page() {
  const { t } = useTranslation('settings')
  const may = useMay()
  const [making, setMaking] = useState(false)
  const make = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t('tokens.make')}
    </Button>
  )
  return (
    <Frame title={t('tokens.title')} about={t('tokens.about')} actions={may.administer && make}>
      {may.administer ? <Tokens action={make} /> : <OwnersOnly title={t('tokens.ownersOnly')} />}
      <Panel title={t('tokens.which')} about={t('tokens.whichAbout')}>
        <KindTable />
      </Panel>
      {making && <MakeModal onClose={() => setMaking(false)} />}
    </Frame>
  )
}

function Tokens({ action }: { action: React.ReactNode }) {
  const { t } = useTranslation('settings')
  const { data: tokens } = useSuspenseQuery(allTokens)
  if (tokens.length > 0) return <TokenList tokens={tokens} />
  return (
    <Card withBorder>
      <Empty icon={IconKey} title={t('tokens.none')} action={action}>
        {t('tokens.noneAbout')}
      </Empty>
    </Card>
  )
}
