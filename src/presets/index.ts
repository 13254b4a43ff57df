/**
 * What this folder knows: webhooks that are filled in already, for the users of each system that this server stands in for,
 * and alerts about the server itself. One file is one preset; nothing else treats a webhook made from one in any special way.
 */
import type { Language } from '../model/index.ts'
import { alert } from './alert.ts'
import { alertSlack } from './alert-slack.ts'
import { alertTelegram } from './alert-telegram.ts'
import { amocrmAccount } from './amocrm-account.ts'
import { amocrmPipeline } from './amocrm-pipeline.ts'
import { keyValue } from './key-value.ts'
import { pipelineTrigger } from './pipeline-trigger.ts'
import type { Preset, PresetWebhook } from './preset.ts'
import { salesmanagoRule } from './salesmanago-rule.ts'
import { standard } from './standard.ts'

export type { Ask, Preset, PresetExample, PresetWebhook } from './preset.ts'

export const presets: readonly Preset[] = [
  standard,
  pipelineTrigger,
  amocrmPipeline,
  amocrmAccount,
  salesmanagoRule,
  keyValue,
  alert,
  alertSlack,
  alertTelegram,
]

const byName = new Map(presets.map((preset) => [preset.name, preset]))

export function findPreset(name: string): Preset | undefined {
  return byName.get(name)
}

/**
 * The webhook that this preset starts with, called by the preset's title; undefined where there is no such preset. What its
 * `asks` name is still to be filled in. Every call answers a new one.
 */
export function presetDraft(name: string, language: Language = 'en'): PresetWebhook | undefined {
  const preset = byName.get(name)
  return preset && { name: preset.title[language], ...structuredClone(preset.webhook) }
}
