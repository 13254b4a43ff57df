import { Button, Card } from '@mantine/core'
import { IconWebhook } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'

/** In a new account: where to begin. */
export function NothingYet() {
  const { t } = useTranslation('overview')
  const may = useMay()
  return (
    <Card withBorder>
      <Empty
        icon={IconWebhook}
        title={t('nothing.title')}
        action={
          may.manage && (
            <Button component={Link} to="/welcome">
              {t('nothing.do')}
            </Button>
          )
        }
      >
        {t('nothing.about')}
      </Empty>
    </Card>
  )
}
