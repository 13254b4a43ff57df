import type { JsonObject } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { encodeForm } from './form.ts'
import { defineFormat } from './format.ts'
import { checkRows, type ParamRow, rowMeaning, rowsOf, rowWarnings } from './param-rows.ts'

const exampleOptions = (encoding: string, ...params: ParamRow[]): JsonObject => ({
  encoding,
  params: params.map((row) => ({ ...row })),
})

const dealId: ParamRow = { name: 'deal_id', from: 'field', value: 'record.id' }
const origin: ParamRow = { name: 'origin', from: 'value', value: 'hookline & co' }
const tags: ParamRow = { name: 'deal.tags', from: 'field', value: 'current.tags' }
const price: ParamRow = { name: 'deal.price', from: 'field', value: 'current.price' }
const missing: ParamRow = { name: 'phone', from: 'field', value: 'contact.phone' }

const exampleQuery: [string, string][] = [
  ['deal_id', '4831596'],
  ['origin', 'hookline & co'],
  ['deal[tags][0]', 'vip'],
  ['deal[tags][1]', 'ö & co'],
  ['deal[price]', '12000'],
  ['phone', ''],
]

/**
 * Rows that the user writes: a name, and a record's field or a value typed in, as in amoCRM's widget and in Upnify's Key and
 * Value. Dots in names nest: objects in JSON, `deal[tags]` in a form or query, as PHP reads them. JSON keeps numbers and
 * booleans as they are; a missing field is null there, and empty in a form or query.
 */
export const params = defineFormat({
  name: 'params',
  title: { en: 'Parameters', ru: 'Параметры', pl: 'Parametry', 'pt-BR': 'Parâmetros' },
  description: {
    en: 'Parameters that you name yourself, each a field of the record or a fixed value.',
    ru: 'Параметры, которые вы называете сами: значение поля записи или произвольное значение.',
    pl: 'Parametry o nazwach, które nadajesz: każdy to pole rekordu albo stała wartość.',
    'pt-BR': 'Parâmetros que você nomeia: cada um é um campo do registro ou um valor fixo.',
  },
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  options: [
    {
      name: 'encoding',
      title: { en: 'Sent as', ru: 'Отправлять как', pl: 'Wysyłaj jako', 'pt-BR': 'Enviar como' },
      type: 'choice',
      choices: [
        {
          value: 'json',
          title: {
            en: 'JSON in the body',
            ru: 'JSON в теле запроса',
            pl: 'JSON w treści',
            'pt-BR': 'JSON no corpo',
          },
        },
        {
          value: 'form',
          title: {
            en: 'Form in the body',
            ru: 'Форма в теле запроса',
            pl: 'Formularz w treści',
            'pt-BR': 'Formulário no corpo',
          },
        },
        {
          value: 'query',
          title: {
            en: "In the URL's query",
            ru: 'В параметрах URL',
            pl: 'W parametrach adresu URL',
            'pt-BR': 'Na query string da URL',
          },
        },
      ],
      default: 'json',
    },
    {
      name: 'params',
      title: { en: 'Parameters', ru: 'Параметры', pl: 'Parametry', 'pt-BR': 'Parâmetros' },
      type: 'rows',
      default: [],
      maxItems: 100,
      columns: [
        {
          name: 'name',
          title: { en: 'Name', ru: 'Название', pl: 'Nazwa', 'pt-BR': 'Nome' },
          type: 'text',
          required: true,
          min: 1,
          max: 200,
        },
        {
          name: 'from',
          title: { en: 'Taken from', ru: 'Тип данных', pl: 'Źródło', 'pt-BR': 'Origem' },
          type: 'choice',
          choices: [
            { value: 'field', title: { en: 'Field', ru: 'Поле', pl: 'Pole', 'pt-BR': 'Campo' } },
            { value: 'value', title: { en: 'Value', ru: 'Значение', pl: 'Wartość', 'pt-BR': 'Valor' } },
          ],
          required: true,
        },
        {
          name: 'value',
          title: {
            en: 'Field or value',
            ru: 'Поле или значение',
            pl: 'Pole lub wartość',
            'pt-BR': 'Campo ou valor',
          },
          type: 'text',
          required: true,
          max: 10_000,
        },
      ],
    },
  ],
  check: (options) => checkRows(options['params'] as unknown as ParamRow[]),
  warnings: (options) => rowWarnings(options['params'] as unknown as ParamRow[]),
  explain: (key, options) => rowMeaning(options['params'] as unknown as ParamRow[], key),
  render: ({ event, context, options, method }) => {
    const rows = rowsOf(options)
    const { encoding } = options
    if (method === 'GET' || encoding === 'query') {
      return { contentType: null, body: null, query: rows.pairs(event, context) }
    }
    return encoding === 'form'
      ? {
          contentType: 'application/x-www-form-urlencoded',
          body: encodeForm(rows.pairs(event, context)),
          query: [],
        }
      : { contentType: 'application/json', body: rows.json(event, context), query: [] }
  },
  examples: [
    {
      title: 'As JSON: dots nest, numbers and lists stay what they are, a missing field is null',
      input: {
        event: exampleEvent(),
        options: exampleOptions('json', dealId, origin, tags, price, missing),
        method: 'POST',
      },
      rendered: {
        contentType: 'application/json',
        body: '{"deal_id":"4831596","origin":"hookline & co","deal":{"tags":["vip","ö & co"],"price":12000},"phone":null}',
        query: [],
      },
    },
    {
      title: 'As a form: dots and lists in brackets, a missing field is empty',
      input: {
        event: exampleEvent(),
        options: exampleOptions('form', dealId, origin, tags, price, missing),
        method: 'POST',
      },
      rendered: {
        contentType: 'application/x-www-form-urlencoded',
        body: 'deal_id=4831596&origin=hookline+%26+co&deal%5Btags%5D%5B0%5D=vip&deal%5Btags%5D%5B1%5D=%C3%B6+%26+co&deal%5Bprice%5D=12000&phone=',
        query: [],
      },
    },
    {
      title: 'In the query of a POST',
      input: {
        event: exampleEvent(),
        options: exampleOptions('query', dealId, origin, tags, price, missing),
        method: 'POST',
      },
      rendered: { contentType: null, body: null, query: exampleQuery },
    },
    {
      title: 'A GET carries its parameters in the query, whatever the encoding says',
      input: {
        event: exampleEvent(),
        options: exampleOptions('json', dealId, origin, tags, price, missing),
        method: 'GET',
      },
      rendered: { contentType: null, body: null, query: exampleQuery },
    },
    {
      title: 'A DELETE may have a body',
      input: { event: exampleEvent(), options: exampleOptions('json', dealId), method: 'DELETE' },
      rendered: { contentType: 'application/json', body: '{"deal_id":"4831596"}', query: [] },
    },
  ],
})
