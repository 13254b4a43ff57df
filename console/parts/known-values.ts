import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Catalogue, useCatalogue } from '../data/catalogue.ts'

export interface KnownValue {
  value: string
  label: string
}

/** What a field of this path may hold, in words, where the server decides it: `event.type`, `actor.kind`, `stage.type`… */
export type KnownValues = (path: string) => KnownValue[] | null

export function useKnownValues(): KnownValues {
  const { t } = useTranslation('exchange')
  const catalogue = useCatalogue()
  return useMemo(() => {
    const values = allKnown(catalogue, t)
    return (path) => values[nameIn(path)]?.() ?? null
  }, [catalogue, t])
}

/** The old value of a field is one of the same. */
function nameIn(path: string): string {
  const [root = '', name = ''] = path.split('.')
  if (root === 'current' || root === 'previous' || root === 'data')
    return `current.${name.replace(/^old_/, '')}`
  return path.replace(/^old_/, '')
}

type Words = Pick<Catalogue, 'kinds' | 'events' | 'system_events' | 'sources'>

function allKnown({ kinds, events, system_events, sources }: Words, t: TFunction<'exchange'>) {
  const lists: Record<string, () => KnownValue[]> = {
    'record.kind': () => kinds.map(({ name, title }) => ({ value: name, label: title })),
    'event.type': () =>
      [...events, ...system_events].map(({ type, title }) => ({ value: type, label: title })),
    'event.source': () => [
      ...(['ui', 'api', 'import', 'test'] as const).map((value) => ({
        value,
        label: t(`known.source.${value}`),
      })),
      ...sources.map(({ name, title }) => ({ value: name, label: title })),
    ],
    'actor.kind': () =>
      (['user', 'api', 'automation', 'system'] as const).map((value) => ({
        value,
        label: t(`known.actor.${value}`),
      })),
    'stage.type': () =>
      (['open', 'won', 'lost'] as const).map((value) => ({ value, label: t(`known.stageType.${value}`) })),
    'current.state': () =>
      (['active', 'archived', 'discarded'] as const).map((value) => ({
        value,
        label: t(`known.state.${value}`),
      })),
  }
  return lists
}
