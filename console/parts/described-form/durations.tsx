import { Button, Group, Input, Pill, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from '../../data/catalogue.ts'
import type { Json } from '../../data/json.ts'
import { formatDuration } from '../duration/duration.ts'
import { DurationInput } from '../duration/input.tsx'

interface Props {
  option: Option
  value: Json | undefined
  onChange: (value: Json) => void
  path: string
  problemOf: (path: string) => ReactNode
  disabled: boolean
}

/** Spans of time in their order, such as the waits of a schedule. */
export function DurationList({ option, value, onChange, path, problemOf, disabled }: Props) {
  const { t, i18n } = useTranslation(['form', 'common'])
  const spans = Array.isArray(value) ? value.filter((span) => typeof span === 'number') : []
  const [next, setNext] = useState<number | null>(null)
  const ofEntries = spans.map((_, index) => problemOf(`${path}[${index}]`)).find(Boolean)
  // Each span says its own unit, so that of the description is left out: "Waits, in seconds".
  const title = option.title.replace(/,[^,]*$/, '')
  const full = spans.length >= (option.maxItems ?? Infinity)
  return (
    <Input.Wrapper
      label={title}
      labelElement="div"
      required={option.required ?? false}
      error={problemOf(path) ?? ofEntries}
    >
      <Stack gap="xs" mt={6} mb={4} data-field={path} tabIndex={-1}>
        <Pill.Group>
          {spans.map((span, index) => (
            <Pill
              // The same wait may stand there twice.
              key={`${index} ${span}`}
              size="md"
              withRemoveButton={!disabled && spans.length > (option.minItems ?? 0)}
              removeButtonProps={{
                'aria-label': t('rows.remove', { label: title, row: index + 1 }),
                tabIndex: 0,
                'aria-hidden': false,
              }}
              onRemove={() => onChange(spans.toSpliced(index, 1))}
            >
              {formatDuration(span, i18n.language, 'short')}
            </Pill>
          ))}
        </Pill.Group>
        {!disabled && !full && (
          <Group gap="xs" align="flex-end">
            <DurationInput label={t('rows.next')} value={next} emptyMeans="" onChange={setNext} />
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              disabled={next === null}
              onClick={() => {
                if (next !== null) onChange([...spans, next])
                setNext(null)
              }}
            >
              {t('common:add')}
            </Button>
          </Group>
        )}
      </Stack>
    </Input.Wrapper>
  )
}
