import { ActionIcon, Button, CopyButton as Copy, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  value: string
  /** With words it is a button, without them an icon. */
  label?: string
}

export function CopyButton({ value, label }: Props) {
  const { t } = useTranslation()
  return (
    <Copy value={value}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />
        if (label) {
          return (
            <Button variant="default" size="xs" leftSection={icon} onClick={copy}>
              {copied ? t('copied') : label}
            </Button>
          )
        }
        return (
          <Tooltip label={copied ? t('copied') : t('copy')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={copied ? t('copied') : t('copy')}
              onClick={copy}
            >
              {icon}
            </ActionIcon>
          </Tooltip>
        )
      }}
    </Copy>
  )
}
