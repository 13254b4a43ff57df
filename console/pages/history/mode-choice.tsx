import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ReplayMode } from '../../data/deliveries.ts'

interface Props {
  value: ReplayMode
  onChange: (mode: ReplayMode) => void
  /** There is a request that could be repeated. */
  bytesPossible?: boolean
}

/** Again with the settings of today, or as it was. */
export function ModeChoice({ value, onChange, bytesPossible = true }: Props) {
  const { t } = useTranslation('history')
  return (
    <Radio.Group
      label={t('mode.label')}
      value={value}
      onChange={(mode) => onChange(mode === 'bytes' ? 'bytes' : 'render')}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="render" label={t('mode.render')} description={t('mode.renderAbout')} />
        <Radio
          value="bytes"
          label={t('mode.bytes')}
          description={bytesPossible ? t('mode.bytesAbout') : t('mode.bytesNone')}
          disabled={!bytesPossible}
        />
      </Stack>
    </Radio.Group>
  )
}
