import type { CrmEvent, Json } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { defineFormat, type KeyMeaning } from './format.ts'
import { ownField } from './own-field.ts'
import { RenderError } from './render-error.ts'

/** Whom an event is about: the fields that SALESmanago knows of a contact. */
interface Person {
  id: Json | undefined
  email: Json | undefined
  phone: Json | undefined
}

/** In SALESmanago everybody is a contact, so these are the person themselves where no contact is linked. */
const personKinds = new Set(['contact', 'customer', 'prospect'])

/** Events about this server itself: they have no record of the CRM behind them. */
const systemEvents = new Set(['webhook.disabled', 'webhook.failing', 'delivery.dead'])

const note = {
  en: 'null where nothing is known.',
  ru: 'null, если неизвестно.',
  pl: 'null, jeśli brak danych.',
  'pt-BR': 'null quando não há dados.',
}

const keys = new Map<string, KeyMeaning>([
  ['id', { field: 'webhook.id' }],
  ['name', { field: 'webhook.name' }],
  ['description', { field: 'webhook.description', note }],
  [
    'contactId',
    { title: { en: 'Contact id', ru: 'Id контакта', pl: 'Id kontaktu', 'pt-BR': 'Id do contato' }, note },
  ],
  [
    'email',
    {
      title: {
        en: "Contact's e-mail",
        ru: 'Эл. почта контакта',
        pl: 'E-mail kontaktu',
        'pt-BR': 'E-mail do contato',
      },
      note,
    },
  ],
  [
    'phone',
    {
      title: {
        en: "Contact's phone",
        ru: 'Телефон контакта',
        pl: 'Telefon kontaktu',
        'pt-BR': 'Telefone do contato',
      },
      note,
    },
  ],
  [
    'company',
    {
      title: {
        en: 'Name of the company',
        ru: 'Название компании',
        pl: 'Nazwa firmy',
        'pt-BR': 'Nome da empresa',
      },
      note,
    },
  ],
])

/**
 * The body of SALESmanago's rule action "send information about the fired rule": always these seven keys, null where nothing
 * is known. The rule is the webhook; the contact is the record, or the one that it is linked to.
 * https://pomoc.salesmanago.pl (the page's sample has typographic quotes, which are no JSON).
 */
export const salesmanago = defineFormat({
  name: 'salesmanago',
  title: { en: 'SALESmanago', ru: 'SALESmanago', pl: 'SALESmanago', 'pt-BR': 'SALESmanago' },
  description: {
    en: 'The JSON that SALESmanago sends when a rule fires: the rule, and the contact with e-mail, phone and company.',
    ru: 'JSON, который SALESmanago отправляет при срабатывании правила: правило и контакт с почтой, телефоном и компанией.',
    pl: 'JSON, który SALESmanago wysyła po uruchomieniu reguły: reguła oraz kontakt z adresem e-mail, telefonem i firmą.',
    'pt-BR':
      'O JSON que o SALESmanago envia quando uma regra é acionada: a regra e o contato com e-mail, telefone e empresa.',
  },
  methods: ['POST', 'PUT', 'PATCH'],
  options: [],
  cannotExpress: (eventTypes) => eventTypes.filter((type) => systemEvents.has(type)),
  explain: (key) => keys.get(key) ?? null,
  render: ({ event, context: { webhook } }) => {
    if (systemEvents.has(event.type)) {
      throw new RenderError(`"${event.type}" is about no contact, so SALESmanago has no body for it.`)
    }
    const { id, email, phone } = personOf(event)
    const body = {
      id: webhook.id,
      name: webhook.name,
      contactId: textOrNull(id),
      description: textOrNull(webhook.description),
      email: textOrNull(email),
      phone: textOrNull(phone),
      company: textOrNull(companyOf(event)),
    }
    return { contentType: 'application/json', body: JSON.stringify(body), query: [] }
  },
  examples: [
    {
      title: 'A contact is tagged',
      input: {
        event: exampleEvent({
          type: 'contact.tagged',
          record: { kind: 'contact', id: '88' },
          current: { name: 'Anna Nowak', email: 'anna@acme.example', phone: '+48123456789', tags: ['vip'] },
          previous: { tags: [] },
          data: { tag: 'vip', tags: ['vip'] },
          related: { company: { id: '42', name: 'ACME' } },
        }),
        options: {},
        method: 'POST',
      },
      rendered: {
        contentType: 'application/json',
        body:
          '{"id":"whk_01","name":"Won deals to the ERP","contactId":"88","description":null,' +
          '"email":"anna@acme.example","phone":"+48123456789","company":"ACME"}',
        query: [],
      },
    },
    {
      title: 'A lead goes to the next stage: the contact is the linked one, and what is not known is null',
      input: { event: exampleEvent(), options: {}, method: 'POST' },
      rendered: {
        contentType: 'application/json',
        body:
          '{"id":"whk_01","name":"Won deals to the ERP","contactId":"88","description":null,' +
          '"email":"ann@acme.example","phone":null,"company":null}',
        query: [],
      },
    },
  ],
})

/** The contact itself, the linked contact, a customer or prospect without one, the linked customer (as a sale has); in this order. */
function personOf({ record, current, related }: CrmEvent): Person {
  const itself: Person = {
    id: record.id,
    email: ownField(current, 'email'),
    phone: ownField(current, 'phone'),
  }
  if (record.kind === 'contact') return itself
  const contact = linked('contact')
  if (contact) return contact
  if (personKinds.has(record.kind)) return itself
  // A lead may carry an address of its own without being anybody.
  return linked('customer') ?? { ...itself, id: undefined }

  function linked(name: string): Person | null {
    const fields = Object.hasOwn(related, name) ? related[name]! : {}
    const id = ownField(fields, 'id') ?? ownField(current, `${name}_id`)
    if (textOrNull(id) === null && Object.keys(fields).length === 0) return null
    return { id, email: ownField(fields, 'email'), phone: ownField(fields, 'phone') }
  }
}

/** A name, as SALESmanago has it, never an id. */
function companyOf({ record, current, related }: CrmEvent): Json | undefined {
  if (record.kind === 'company') return ownField(current, 'name')
  return Object.hasOwn(related, 'company') ? ownField(related['company']!, 'name') : undefined
}

/** All seven are text. */
function textOrNull(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
