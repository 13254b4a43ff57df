import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  value: string
  onChange: (value: string) => void
  label: string
}

/** Text to look for; asked for a moment after the last key. */
export function FilterText({ value, onChange, label }: Props) {
  const { t } = useTranslation('history')
  const [typed, setTyped] = useState(value)
  const [told, setTold] = useState(value)
  // The address changed by something else than typing.
  if (value !== told) {
    setTold(value)
    if (value !== typed.trim()) setTyped(value)
  }
  const tell = useDebouncedCallback((text: string) => {
    setTold(text)
    onChange(text)
  }, 350)
  const clear = () => {
    tell.cancel()
    setTyped('')
    setTold('')
    onChange('')
  }
  return (
    <TextInput
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => event.key === 'Enter' && tell.flush()}
      size="xs"
      styles={{ input: { minHeight: 32 } }}
      maxLength={200}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} />}
      rightSection={
        typed === '' ? null : (
          <CloseButton size="xs" aria-label={t('filter.clear', { label })} onClick={clear} />
        )
      }
    />
  )
}
