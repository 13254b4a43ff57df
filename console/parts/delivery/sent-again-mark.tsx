import { Anchor, Text } from '@mantine/core'
import { IconRotateClockwise2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, type To } from 'react-router'
import type { SentAgain } from '../../data/deliveries.ts'
import classes from './rows.module.css'

/** Beside the state of a delivery: that it was sent again, and how that stands. With `to` a link to the later delivery. */
export function SentAgainMark({ again, to }: { again: SentAgain; to: To | null }) {
  const text = useSentAgainText(again)
  const mark = (
    <>
      <IconRotateClockwise2 size={12} aria-hidden className={classes['mark']} />
      {text}
    </>
  )
  if (to === null) {
    return (
      <Text size="xs" c="dimmed">
        {mark}
      </Text>
    )
  }
  return (
    <Anchor component={Link} to={to} state="opened" size="xs" c="dimmed" className={classes['above'] ?? ''}>
      {mark}
    </Anchor>
  )
}

function useSentAgainText({ state }: SentAgain): string {
  const { t, i18n } = useTranslation(['history', 'common'])
  // In the middle of a sentence, and in one piece: the column is narrow.
  const end = t(`common:status.${state}`).toLocaleLowerCase(i18n.language).replaceAll(' ', '\u00a0')
  return t('list.sentAgain', { state: end })
}
