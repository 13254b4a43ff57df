import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mergeDraft, type WebhookDraft } from '../actions/webhooks/webhook-draft.ts'
import { eventTypes, systemTypeNames } from '../crm/index.ts'
import { checkUrlTemplate, findFormat } from '../formats/index.ts'
import { checkOptions } from '../model/index.ts'
import { presets } from './index.ts'

const folder = 'docs/guide'
const knownEvents = new Set([...eventTypes.map(({ type }) => type), ...systemTypeNames])
const guides = new Set(presets.map(({ guide }) => guide))
const pages = readdirSync(folder).filter((file) => guides.has(nameOf(file)))

/** Without its language. */
function nameOf(file: string): string {
  return file.split('.', 1)[0]!
}

/** The bodies of the page's calls that make a webhook. */
function webhooksIn(page: string): WebhookDraft[] {
  return [...page.matchAll(/POST \$api\/webhooks -d @- <<'JSON'\n(.*?)^JSON$/gms)].map(
    ([, body]) => JSON.parse(body!) as WebhookDraft,
  )
}

describe.each(pages)('%s', (file) => {
  const page = readFileSync(`${folder}/${file}`, 'utf8')

  test('is in the index, and its links lead somewhere', () => {
    expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(`(${file})`)
    const links = [...page.matchAll(/\]\(([\w.-]+\.md)\)/g)].map(([, link]) => link)
    for (const link of links) expect(readdirSync(folder)).toContain(link)
  })

  test('makes webhooks that can be made, as its presets make them', () => {
    const webhooks = webhooksIn(page)
    const own = presets.filter(({ guide }) => guide === nameOf(file))
    expect(webhooks).toHaveLength(own.length)
    for (const webhook of webhooks) {
      const { settings, errors } = mergeDraft(webhook, null)
      const { url, format: name, method, options } = settings.request
      expect(errors).toEqual([])
      for (const type of settings.events) expect(knownEvents).toContain(type)
      const format = findFormat(name)!
      expect(format.methods).toContain(method)
      expect(checkUrlTemplate(url)).toEqual([])
      const checked = checkOptions(format.options, options, '')
      expect(checked.errors).toEqual([])
      expect(format.check?.(checked.options) ?? []).toEqual([])
      expect(format.warnings?.(checked.options) ?? []).toEqual([])
      expect(format.cannotExpress?.(settings.events, checked.options) ?? []).toEqual([])

      const preset = own.find(
        ({ webhook: { request } }) =>
          request!.format === name &&
          request!.options?.['content_type'] === options['content_type'] &&
          request!.options?.['body'] === options['body'],
      )
      expect(preset).toBeDefined()
      expect(webhook.delivery).toEqual(preset!.webhook.delivery)
    }
  })
})

test('Upnify’s thirty events are told as its page has them, each with ours', () => {
  for (const language of ['en', 'pt-BR']) {
    const page = readFileSync(`${folder}/key-value.${language}.md`, 'utf8')
    const rows = [...page.matchAll(/^\| (.+?) +\| `(\w+\.\w+)` +\|$/gm)].map(([, name, type]) => [name, type])
    expect(rows).toHaveLength(30)
    for (const [name, type] of rows) {
      const { aliases } = eventTypes.find((eventType) => eventType.type === type)!
      expect(aliases['upnify']).toContain(name)
    }
  }
})
