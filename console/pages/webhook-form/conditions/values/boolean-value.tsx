import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ValueProps } from './value-props.ts'

export function BooleanValue({ value, onChange, label, disabled }: ValueProps) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      aria-label={label}
      disabled={disabled}
      value={value === false ? 'no' : 'yes'}
      onChange={(chosen) => onChange(chosen === 'yes')}
      data={[
        { value: 'yes', label: t('yes') },
        { value: 'no', label: t('no') },
      ]}
    />
  )
}
