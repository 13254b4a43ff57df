import type { JsonObject } from '../model/index.ts'
import { isObject, textOf } from './json-values.ts'
import { readJson } from './read-json.ts'
import { remark } from './remarks.ts'
import { defineSource } from './source.ts'
import type { Reading, IncomingCall } from './source.ts'
import { readVisitor } from './visitor-token.ts'

/** Longer addresses are cut: what matters stands at their start. */
export const urlCharactersMax = 2048

const answer = { status: 204, contentType: null, body: '' }

/**
 * Visits of a web site, told by `/t.js`. A call is `{u: the page's address, r: the referrer, k: the visitor's token}`; the
 * token says which record it is, and only the source's secret can make one. Calls whose browser asks not to be tracked are
 * answered and forgotten, also where another script than ours sent them.
 */
export const siteTracker = defineSource({
  name: 'site-tracker',
  title: {
    en: 'Visits of your web site',
    ru: 'Посещения вашего сайта',
    pl: 'Wizyty na Twojej stronie',
    'pt-BR': 'Visitas ao seu site',
  },
  description: {
    en: 'A small script on your pages tells which known lead or contact has opened them. It sets no cookies and respects Do Not Track.',
    ru: 'Небольшой скрипт на ваших страницах сообщает, кто из известных лидов и контактов их открыл. Он не ставит cookie и учитывает Do Not Track.',
    pl: 'Mały skrypt na Twoich stronach informuje, który znany lead lub kontakt je otworzył. Nie zapisuje plików cookie i respektuje Do Not Track.',
    'pt-BR':
      'Um pequeno script nas suas páginas avisa qual lead ou contato conhecido as abriu. Não usa cookies e respeita o Do Not Track.',
  },
  options: [],
  read: (call, _options, context) => {
    if (asksNotToBeTracked(call)) return { ...nothing(), leaveNoTrace: true }
    const reading = nothing()
    const { value, problem } = readJson(call.body)
    if (problem) return { ...reading, problems: [problem] }
    if (!isObject(value)) {
      remark(reading.problems, '', 'not_understood', 'The body is not what /t.js sends.')
      return reading
    }
    const url = urlOf(value, 'u')
    const record = readVisitor(context.secret, textOf(value, 'k') ?? '', context.hmacSha256)
    if (url === null) remark(reading.problems, 'u', 'bad_url', 'This is not the address of a page.')
    if (record === null) {
      const message = 'This token was not signed with the secret of this source.'
      remark(reading.problems, 'k', 'bad_visitor', message)
    }
    if (url === null || record === null) return reading
    const data = { url, referrer: urlOf(value, 'r') }
    const occurred_at = null
    reading.items.push({
      do: 'activity',
      record,
      type: 'site_visited',
      data,
      occurred_at,
      external_id: null,
    })
    return reading
  },
  samples: [
    {
      title: 'A lead opens the price list',
      options: {},
      call: {
        contentType: 'text/plain;charset=UTF-8',
        body: '{"u":"https://shop.example/prices?page=2","r":"https://search.example/","k":"lead:4831596:bca954cc0693183c20852e0721074840a4cc2972bfdefc2c3a4b9f47b76f1db8"}',
      },
      reading: {
        items: [
          {
            do: 'activity',
            record: { kind: 'lead', id: '4831596' },
            type: 'site_visited',
            data: { url: 'https://shop.example/prices?page=2', referrer: 'https://search.example/' },
            occurred_at: null,
            external_id: null,
          },
        ],
        problems: [],
        ignored: [],
        answer,
      },
    },
    {
      title: 'A token that somebody made up',
      options: {},
      call: {
        contentType: 'text/plain;charset=UTF-8',
        body: '{"u":"https://shop.example/","r":"","k":"lead:1:0000000000000000000000000000000000000000000000000000000000000000"}',
      },
      reading: {
        items: [],
        problems: [
          {
            path: 'k',
            code: 'bad_visitor',
            message: 'This token was not signed with the secret of this source.',
          },
        ],
        ignored: [],
        answer,
      },
    },
    {
      title: 'A browser that asks not to be tracked',
      options: {},
      call: {
        contentType: 'text/plain;charset=UTF-8',
        headers: [['Sec-GPC', '1']],
        body: '{"u":"https://shop.example/","r":"","k":"lead:4831596:0"}',
      },
      reading: { items: [], problems: [], ignored: [], answer, leaveNoTrace: true },
    },
  ],
})

function nothing(): Reading {
  return { items: [], problems: [], ignored: [], answer }
}

/** `DNT: 1` and Global Privacy Control's `Sec-GPC: 1`. https://www.w3.org/TR/gpc/#the-sec-gpc-header-field */
function asksNotToBeTracked({ headers }: IncomingCall): boolean {
  return headers.some(([name, value]) => /^(?:dnt|sec-gpc)$/i.test(name) && value.trim() === '1')
}

function urlOf(value: JsonObject, name: string): string | null {
  const text = textOf(value, name)
  if (text === null || !/^https?:\/\/[^\s/]/i.test(text)) return null
  return text.slice(0, urlCharactersMax).toWellFormed()
}
