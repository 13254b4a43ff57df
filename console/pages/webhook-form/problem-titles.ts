import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../../data/catalogue.ts'
import type { ProblemDetail } from '../../data/client.ts'
import { useWebhookForm } from './form-state.ts'
import { fieldAt } from './places.ts'

/** What the field of a mistake is called; '' where it has none. */
export function useProblemTitles(): (problem: ProblemDetail) => string {
  const { t } = useTranslation('form')
  const { draft } = useWebhookForm()
  const { formats, retry_policies } = useCatalogue()
  return ({ path }) => {
    const place = fieldAt(path)
    if (!place) return ''
    const described =
      place.key === 'options'
        ? formats.find(({ name }) => name === draft.request.format)
        : place.key === 'retry'
          ? retry_policies.find(({ name }) => name === draft.delivery.retry.policy)
          : undefined
    const name = /^[^.[]*/.exec(place.inside)?.[0]
    const title = described?.options.find((option) => option.name === name)?.title ?? t(`field.${place.key}`)
    return place.row === null ? title : t('rows.cell', { column: title, row: place.row })
  }
}
