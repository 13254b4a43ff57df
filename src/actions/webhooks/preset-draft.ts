import { invalid, type Language } from '../../model/index.ts'
import { presetDraft, presets } from '../../presets/index.ts'
import { notAChoice } from '../ingest/not-a-choice.ts'
import { startFrom, type WebhookDraft } from './webhook-draft.ts'

/**
 * A draft as it is where it names a preset: laid over the preset's webhook, which is called in the account's language.
 * @throws Problem `invalid` where there is no such preset
 */
export function overPreset(
  { preset, ...own }: WebhookDraft & { preset?: string | undefined },
  language: Language | undefined,
): WebhookDraft {
  if (preset === undefined) return own
  const draft = presetDraft(preset, language)
  if (draft) return startFrom(draft, own)
  const names = presets.map(({ name }) => name)
  throw invalid([notAChoice('preset', preset, names, { what: 'preset' })])
}
