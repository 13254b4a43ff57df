import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../data/catalogue.ts'
import type { CrmEvent } from '../data/events.ts'
import { type ChangedField, changedFields, recordTitle } from './change-table/fields.ts'
import { changedValue, type ValueWords } from './change-table/value.ts'
import { useValueWords } from './change-table/words.ts'

interface Props {
  event: CrmEvent
  /** Nothing where the record's name would be all. */
  bare?: boolean
}

/**
 * What happened, as a sentence: "Deal with ACME moved from “Offer” to “Won”." Of what has no old and new value only the
 * record's name: what happened to it is what the event is called, which stands beside it.
 */
export function EventSentence({ event, bare = false }: Props) {
  const { t } = useTranslation('events')
  const { kinds } = useCatalogue()
  const words = useValueWords()
  const kind = kinds.find(({ name }) => name === event.record.kind)
  const sentence = eventSentence(event, { changed: changedFields(event, kind), t, words })
  return <>{sentence ?? (bare ? null : recordTitle(event))}</>
}

interface Scene {
  changed: ChangedField[]
  t: TFunction<'events'>
  words: ValueWords
}

function eventSentence(event: CrmEvent, { changed, t, words }: Scene): string | null {
  const name = recordTitle(event)
  const about = changed.find((field) => Object.hasOwn(event.data, `old_${field.name}`))
  if (!about) return null
  const from = about.beforeName ?? changedValue(about.before, about.type, words)
  const to = about.afterName ?? changedValue(about.after, about.type, words)
  const form = about.type === 'stage' || about.type === 'user' ? about.type : 'field'
  const which = from === '' ? 'First' : to === '' ? 'None' : ''
  return t(`sentence.${form}${which}`, { name, field: about.title, from, to })
}
