import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterPill } from './pill.tsx'

/** Those that are looked for most. */
const usual = ['200', '400', '401', '404', '410', '422', '429', '500', '502', '503'] as const

interface Props {
  value: string | null
  onChange: (value: string | null) => void
}

/** Picks the status code of the last answer. */
export function FilterCode({ value, onChange }: Props) {
  const { t } = useTranslation('history')
  return (
    <FilterPill label={t('filter.code')} value={value} onClear={() => onChange(null)} width={250}>
      {(close) => (
        <Choices
          value={value}
          onPick={(code) => {
            onChange(code)
            close()
          }}
        />
      )}
    </FilterPill>
  )
}

function Choices({ value, onPick }: { value: string | null; onPick: (code: string) => void }) {
  const { t } = useTranslation('history')
  const [typed, setTyped] = useState('')
  const isCode = /^[1-5]\d\d$/.test(typed)
  return (
    <Stack gap="xs">
      <TextInput
        data-autofocus
        size="xs"
        inputMode="numeric"
        maxLength={3}
        value={typed}
        aria-label={t('filter.code')}
        placeholder={t('filter.codeHint')}
        error={typed.length === 3 && !isCode ? t('filter.codeWrong') : undefined}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, ''))}
        onKeyDown={(event) => event.key === 'Enter' && isCode && onPick(typed)}
      />
      <Group gap={6}>
        {usual.map((code) => (
          <Button
            key={code}
            size="compact-xs"
            variant={code === value ? 'light' : 'default'}
            aria-pressed={code === value}
            onClick={() => onPick(code)}
          >
            {code}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}
