import { ActionIcon, ColorSwatch, Popover, SimpleGrid, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type StageColorName, stageColor, stageColors } from '../../parts/stage/color.ts'
import type { StageDraft } from './pipeline-draft.ts'

interface Props {
  stage: StageDraft
  onChange: (color: string) => void
}

/** The stage's colour, and the others to choose from. */
export function StageColorPicker({ stage, onChange }: Props) {
  const { t } = useTranslation('pipelines')
  const [opened, { toggle, close }] = useDisclosure()
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} trapFocus withRoles={false} shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('editor.colorOf', { stage: stage.name || t('editor.newStage') })}
          aria-expanded={opened}
          onClick={toggle}
        >
          <ColorSwatch component="span" size={18} radius="sm" color={stageColor(stage.color, stage.type)} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <SimpleGrid cols={5} spacing={6} role="group" aria-label={t('editor.color')}>
          {Object.entries(stageColors).map(([name, color]) => (
            <UnstyledButton
              key={name}
              aria-label={t(`color.${name as StageColorName}`)}
              title={t(`color.${name as StageColorName}`)}
              aria-pressed={stage.color === color}
              onClick={() => {
                onChange(color)
                close()
              }}
            >
              <ColorSwatch component="span" size={28} radius="sm" color={color}>
                {stage.color === color && <IconCheck size={16} stroke={2.5} color="white" />}
              </ColorSwatch>
            </UnstyledButton>
          ))}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  )
}
