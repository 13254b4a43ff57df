import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from './empty.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <>
      <title>{`${t('notFound.title')} · Hookline`}</title>
      <Empty
        wholePage
        icon={IconMapOff}
        title={t('notFound.title')}
        action={
          <Button component={Link} to="/">
            {t('notFound.home')}
          </Button>
        }
      >
        {t('notFound.about')}
      </Empty>
    </>
  )
}
