import { Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type SourceType, useCatalogue } from '../../data/catalogue.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import { sourcePreview } from '../../data/sources.ts'
import { Panel } from '../../parts/panel.tsx'
import {
  emptyMapping,
  fieldNameOf,
  filledFrom,
  fillFrom,
  fixedKind,
  isTarget,
  targets,
  withFixedKind,
} from './map-rows.ts'
import { typingMs } from './preview.tsx'
import { triedCall, type WrittenCall } from './written-call.ts'
import classes from './sources.module.css'

interface Props {
  type: SourceType
  options: JsonObject
  onChange: (options: JsonObject) => void
  call: WrittenCall
}

const saidByCall = ''

/** Every place of the sample call, each with what it fills: the mapping by pointing instead of by typing paths. */
export function Places({ type, options, onChange, call }: Props) {
  const { t } = useTranslation('sources')
  const { kinds } = useCatalogue()
  const [tried] = useDebouncedValue(call, typingMs)
  const query = useQuery({
    ...sourcePreview(type.name, emptyMapping(options), triedCall(tried)),
    enabled: tried.body.trim() !== '',
  })
  const places = tried.body.trim() === '' ? [] : (query.data?.mapping?.places ?? [])
  const kind = fixedKind(options)
  return (
    <Panel title={t('places.title')} about={t('places.about')}>
      <Stack gap="sm">
        <Select
          label={t('places.kind')}
          data={[
            ...kinds.map(({ name, title }) => ({ value: name, label: title })),
            { value: saidByCall, label: t('places.kindSaid') },
          ]}
          value={kind ?? saidByCall}
          allowDeselect={false}
          searchable
          onChange={(chosen) => chosen && onChange(withFixedKind(options, chosen))}
        />
        {places.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('places.none')}
          </Text>
        ) : (
          <div className={classes['places']} role="group" aria-label={t('places.title')}>
            {places.map(({ path, value }) => (
              <div key={path} className={classes['place']}>
                <div style={{ minWidth: 0 }}>
                  <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {path === '' ? t('places.whole') : path}
                  </Text>
                  <Text size="sm" style={{ overflowWrap: 'anywhere' }} lineClamp={3}>
                    {shown(value)}
                  </Text>
                </div>
                <Fills
                  path={path}
                  kind={kind}
                  value={filledFrom(options, path)}
                  onChange={(to) => onChange(fillFrom(options, path, to))}
                />
              </div>
            ))}
          </div>
        )}
      </Stack>
    </Panel>
  )
}

interface FillsProps {
  path: string
  kind: string | null
  value: string | null
  onChange: (to: string | null) => void
}

function Fills({ path, kind, value, onChange }: FillsProps) {
  const { t } = useTranslation('sources')
  const { kinds } = useCatalogue()
  const fields = kinds.find(({ name }) => name === kind)?.fields ?? []
  const known = fields.map(({ name, title }) => ({ value: `fields.${name}`, label: title }))
  const own = `fields.${fieldNameOf(path)}`
  const fresh = [own, ...(value !== null && !isTarget(value) ? [value] : [])].filter(
    (to, index, all) => all.indexOf(to) === index && !known.some((field) => field.value === to),
  )
  const newLabel = (to: string) =>
    to.startsWith('fields.') ? t('places.newField', { name: to.slice('fields.'.length) }) : to
  return (
    <Select
      size="xs"
      aria-label={t('places.fills', { place: path === '' ? t('places.whole') : path })}
      placeholder={t('places.nothing')}
      searchable
      clearable
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      data={[
        { group: t('places.record'), items: targets.map((to) => ({ value: to, label: t(`target.${to}`) })) },
        {
          group: t('places.fields'),
          items: [...fresh.map((to) => ({ value: to, label: newLabel(to) })), ...known],
        },
      ]}
      value={value}
      onChange={onChange}
    />
  )
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
