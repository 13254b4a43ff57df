import type { JsonObject, ProblemDetail } from '../model/index.ts'
import { readBody } from './amocrm-body.ts'

import { amocrmSamples } from './amocrm-samples.ts'
import { isObject, textOf, valueOf } from './json-values.ts'
import { readForm } from './read-form.ts'
import { readJson } from './read-json.ts'
import { remark, shorten } from './remarks.ts'
import { defineSource } from './source.ts'
import type { Reading, SourceAnswer, IncomingCall } from './source.ts'

/** Always: amoCRM switches a webhook off after a hundred other answers, and what was not understood is kept here anyway. */
const answer: SourceAnswer = { status: 200, contentType: null, body: '' }

/**
 * Webhooks of amoCRM and Kommo: those of the account's settings (all fields, old ids, `account[…]`), those of the digital
 * pipeline ("API: send webhook"), and the calls of its widgets; as PHP's form or as JSON, several records in one call.
 * amoCRM does not sign them: whoever knows the address may send, so the account's subdomain can be asked for.
 *
 * What a call leaves out stays as it was. amoCRM leaves out fields and tags that are empty, so clearing one is seen only
 * where another system writes it.
 */
export const amocrm = defineSource({
  name: 'amocrm',
  title: { en: 'amoCRM / Kommo', ru: 'amoCRM / Kommo', pl: 'amoCRM / Kommo', 'pt-BR': 'amoCRM / Kommo' },
  description: {
    en: 'Takes the webhooks of an amoCRM or Kommo account and of its digital pipeline. Paste the address there.',
    ru: 'Принимает вебхуки аккаунта amoCRM или Kommo и его цифровой воронки. Вставьте этот адрес в их настройках.',
    pl: 'Odbiera webhooki konta amoCRM lub Kommo oraz jego cyfrowego lejka. Wklej tam ten adres.',
    'pt-BR':
      'Recebe os webhooks de uma conta amoCRM ou Kommo e do seu funil digital. Cole este endereço nas configurações de lá.',
  },
  options: [
    {
      name: 'subdomain',
      title: {
        en: 'Only from this account (its subdomain)',
        ru: 'Только из этого аккаунта (поддомен)',
        pl: 'Tylko z tego konta (subdomena)',
        'pt-BR': 'Somente desta conta (subdomínio)',
      },
      type: 'text',
      min: 1,
      max: 63,
    },
  ],
  check: ({ subdomain }) =>
    typeof subdomain !== 'string' || /^[a-z0-9-]+$/i.test(subdomain)
      ? []
      : [
          {
            path: 'subdomain',
            code: 'bad_subdomain',
            message: 'Give only the first part of the address: "acme" of acme.amocrm.ru.',
          },
        ],
  read: (call, options) => {
    const { root, problems } = rootOf(call)
    if (root === null || !isFrom(options['subdomain'], root, problems))
      return { items: [], problems, ignored: [], answer }
    const found = readBody(root)
    const nothing = found.items.length + found.problems.length + found.ignored.length === 0
    if (nothing && problems.length === 0)
      remark(problems, '', 'empty', 'The call says nothing about any record.')
    return { ...found, problems: [...problems, ...found.problems], answer } satisfies Reading
  },
  samples: amocrmSamples,
})

function rootOf(call: IncomingCall): { root: JsonObject | null; problems: ProblemDetail[] } {
  if (!isJson(call)) {
    const { value, problems } = readForm(call.body)
    return { root: value, problems }
  }
  const { value, problem } = readJson(call.body)
  if (problem) return { root: null, problems: [problem] }
  if (isObject(value)) return { root: value, problems: [] }
  return {
    root: null,
    problems: [{ path: '', code: 'not_understood', message: 'The body is JSON, but not an object.' }],
  }
}

/** The type is not always said, and not always truly; no name of a form starts with a brace. */
function isJson({ contentType, body }: IncomingCall): boolean {
  const first = body.find((byte) => byte > 0x20)
  return first === 0x7b || (first === 0x5b && /\bjson\b/i.test(contentType ?? ''))
}

function isFrom(wanted: unknown, root: JsonObject, problems: ProblemDetail[]): boolean {
  if (typeof wanted !== 'string') return true
  const account = valueOf(root, 'account')
  const seen = textOf(isObject(account) ? account : root, 'subdomain')
  if (seen?.toLowerCase() === wanted.toLowerCase()) return true
  const whose = seen === null ? 'says no account' : `comes from the account "${shorten(seen)}"`
  remark(
    problems,
    'account[subdomain]',
    'other_account',
    `This source takes "${wanted}", and the call ${whose}.`,
  )
  return false
}
