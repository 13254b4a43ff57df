import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './new-ones.module.css'

interface Props {
  /** How many came since the list was read, and whether there may be more. */
  waiting: { count: number; more: boolean }
  onShow: () => void
}

/** Over a list that is read further down: how many rows wait at its head; pressed, it shows them. */
export function NewOnes({ waiting: { count, more }, onShow }: Props) {
  const { t } = useTranslation('history')
  return (
    <div className={classes['news']} role="status">
      <Button
        size="xs"
        radius="xl"
        leftSection={<IconArrowUp size={14} />}
        onClick={() => {
          onShow()
          window.scrollTo({ top: 0 })
        }}
      >
        {more ? t('list.newMany', { count }) : t('list.new', { count })}
      </Button>
    </div>
  )
}
