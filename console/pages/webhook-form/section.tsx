import { Badge, Box, Group, Text, Title, UnstyledButton } from '@mantine/core'
import { type Icon, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import { useFolds } from './folds.ts'
import { useWebhookForm } from './form-state.ts'
import { type Fold, folds } from './places.ts'
import { useProblemWords } from './problem-words.ts'
import classes from './form.module.css'

interface SectionProps {
  icon: Icon
  title: string
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** One of the form's chapters: When, Send, Delivery. */
export function Section({ icon: SectionIcon, title, about, actions, children }: SectionProps) {
  return (
    <Panel
      title={
        <Group gap={8} wrap="nowrap" component="span">
          <SectionIcon size={20} stroke={1.7} aria-hidden className={classes.sectionIcon} />
          {title}
        </Group>
      }
      about={about}
      actions={actions}
    >
      {children}
    </Panel>
  )
}

/** Inputs that viewers see and cannot change. */
export function Fields({ children }: { children: ReactNode }) {
  const { readOnly } = useWebhookForm()
  return (
    <fieldset disabled={readOnly} className={classes.fields}>
      {children}
    </fieldset>
  )
}

interface FoldedProps {
  fold: Fold
  title: string
  /** One line: what is set inside. */
  summary: ReactNode
  children: ReactNode
}

/** What few people need to touch: a line that says how it is, and the fields behind it. */
export function Folded({ fold, title, summary, children }: FoldedProps) {
  const { t } = useTranslation('form')
  const { isOpen, toggle } = useFolds()
  const form = useWebhookForm()
  const id = useId()
  const opened = isOpen(fold)
  const mistakes = folds[fold].flatMap((place) => form.problemsIn(place)).length
  const asked = form.asks.some(({ path }) => (folds[fold] as readonly string[]).includes(path))
  return (
    <Box className={classes.fold}>
      <Title order={3} size="sm" fw={600}>
        <UnstyledButton
          className={classes.foldHead}
          aria-expanded={opened}
          aria-controls={opened ? id : undefined}
          onClick={() => toggle(fold)}
        >
          <IconChevronRight
            size={16}
            aria-hidden
            className={classes.chevron}
            data-opened={opened || undefined}
          />
          <span className={classes.foldTitle}>{title}</span>
          <Text span size="sm" c="dimmed" className={classes.foldSummary}>
            {summary}
          </Text>
          {mistakes > 0 && (
            <Badge color="red" variant="filled" size="sm" tt="none">
              {t('mistakes', { count: mistakes })}
            </Badge>
          )}
          {mistakes === 0 && asked && (
            <Badge variant="default" size="sm" tt="none">
              {t('asks.here')}
            </Badge>
          )}
        </UnstyledButton>
      </Title>
      {opened && (
        <Box id={id} className={classes.foldBody}>
          <Fields>{children}</Fields>
        </Box>
      )}
    </Box>
  )
}

/** What the server says about a place although it is right. */
export function Warning({ path }: { path: string }) {
  const form = useWebhookForm()
  const say = useProblemWords()
  const warning = form.warningAt(path)
  if (!warning || form.touched(path)) return null
  return (
    <Text size="xs" className={classes.warning} role="note">
      {say(warning)}
    </Text>
  )
}
