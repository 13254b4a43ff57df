import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import { type EventOption, eventOptions } from './search.ts'

/** Everything that can happen, with its names: for pickers and for sentences. */
export function useEventOptions(): EventOption[] {
  const { t } = useTranslation('form')
  const catalogue = useCatalogue()
  return useMemo(
    () =>
      eventOptions(catalogue, {
        // `as`: accounts declare kinds of their own, of which no other name is known.
        also: (kind) =>
          (t as (key: string, options: object) => string)(`events.also.${kind}`, { defaultValue: '' }),
        every: t('events.every'),
        everyAbout: t('events.everyAbout'),
        ofKind: (kind) => t('events.ofKind', { kind }),
        ofKindAbout: t('events.ofKindAbout'),
        anyKind: (action) => t('events.anyKind', { action }),
        anyKindAbout: t('events.anyKindAbout'),
      }),
    [catalogue, t],
  )
}
