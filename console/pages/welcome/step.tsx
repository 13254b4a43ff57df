import { Box, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './welcome.module.css'

export type StepState = 'done' | 'now' | 'later'

interface Props {
  number: number
  title: string
  state: StepState
  /** What it came to, beside the title. */
  about?: ReactNode
  /** Comes into sight when it is shown, since the reader has just asked for it. */
  isAsked?: boolean
  /** Leaves the reader where they are when it becomes due. */
  isQuiet?: boolean
  children?: ReactNode
}

/** One step of the guide. The one that becomes due comes into sight, and says so to screen readers. */
export function Step({ number, title, state, about, isAsked = false, isQuiet = false, children }: Props) {
  const { t } = useTranslation('welcome')
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef<StepState>(isAsked ? 'later' : state)
  useEffect(() => {
    if (before.current === 'later' && state === 'now' && !isQuiet) {
      heading.current?.focus({ preventScroll: true })
      heading.current?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    }
    before.current = state
  }, [state, isQuiet])
  return (
    <li
      className={classes['step']}
      data-testid={`step-${number}`}
      aria-current={state === 'now' ? 'step' : undefined}
    >
      <div className={classes['number']} data-state={state} aria-hidden>
        {state === 'done' ? <IconCheck size={20} stroke={2.4} /> : number}
      </div>
      <Box className={classes['head'] ?? ''}>
        <Title
          order={2}
          size="h4"
          ref={heading}
          tabIndex={-1}
          className={classes['title'] ?? ''}
          c={state === 'later' ? 'dimmed' : undefined}
        >
          <VisuallyHidden>{t('step', { number })} </VisuallyHidden>
          {title}
          {state === 'done' && <VisuallyHidden> {t('stepDone')}</VisuallyHidden>}
        </Title>
        {about && (
          <Text size="sm" c="dimmed" mt={2} component="div">
            {about}
          </Text>
        )}
      </Box>
      {children && <Box className={classes['body'] ?? ''}>{children}</Box>}
    </li>
  )
}
