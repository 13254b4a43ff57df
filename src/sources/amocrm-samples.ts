import type { Source } from './source.ts'

const contentType = 'application/x-www-form-urlencoded'
const answer = { status: 200, contentType: null, body: '' }

/** Names as people read them, values plain: what stands on the wire is this, encoded. */
function form(...pairs: [name: string, value: string][]): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}

/** Keys as seen in calls that amoCRM really made, and as its page on the digital pipeline shows them. */
export const amocrmSamples: Source['samples'] = [
  {
    title: 'A lead goes to the next stage (account webhook)',
    options: {},
    call: {
      contentType,
      headers: [['User-Agent', 'amoCRM-WebHook-client/1.0']],
      body: form(
        ['leads[status][0][id]', '31926520'],
        ['leads[status][0][name]', 'Some test lead'],
        ['leads[status][0][status_id]', '142'],
        ['leads[status][0][old_status_id]', '10216994'],
        ['leads[status][0][price]', '10000'],
        ['leads[status][0][responsible_user_id]', '938348'],
        ['leads[status][0][last_modified]', '1456822527'],
        ['leads[status][0][modified_user_id]', '102525'],
        ['leads[status][0][created_user_id]', '102525'],
        ['leads[status][0][date_create]', '1456808154'],
        ['leads[status][0][pipeline_id]', '2116'],
        ['leads[status][0][account_id]', '10216991'],
        ['leads[status][0][tags][0][id]', '77'],
        ['leads[status][0][tags][0][name]', 'vip'],
        ['leads[status][0][custom_fields][0][id]', '1119321'],
        ['leads[status][0][custom_fields][0][name]', 'Some text field'],
        ['leads[status][0][custom_fields][0][values][0][value]', 'some text'],
        ['account[subdomain]', 'test000002'],
      ),
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'lead', id: '31926520' },
          fields: {
            name: 'Some test lead',
            stage_id: '142',
            price: '10000',
            owner_id: '938348',
            created_user_id: '102525',
            created_at: '2016-03-01T04:55:54.000Z',
            pipeline_id: '2116',
            tags: ['vip'],
            cf_1119321: 'some text',
          },
          old: { stage_id: '10216994', pipeline_id: '2116' },
          created: false,
          as_of: '2016-03-01T08:55:27.000Z',
          occurred_at: '2016-03-01T08:55:27.000Z',
          actor_id: '102525',
          titles: { cf_1119321: 'Some text field' },
        },
      ],
      problems: [],
      ignored: [],
      answer,
    },
  },
  {
    title: 'The responsible of a lead changes, and a company is added',
    options: { subdomain: 'test000002' },
    call: {
      contentType,
      body: form(
        ['leads[responsible][0][id]', '31926520'],
        ['leads[responsible][0][responsible_user_id]', '938348'],
        ['leads[responsible][0][old_responsible_user_id]', '102525'],
        ['leads[responsible][0][last_modified]', '1456822527'],
        ['leads[responsible][0][modified_user_id]', '0'],
        ['contacts[add][0][id]', '52379505'],
        ['contacts[add][0][name]', 'ACME'],
        ['contacts[add][0][responsible_user_id]', '298923'],
        ['contacts[add][0][date_create]', '1457002089'],
        ['contacts[add][0][created_user_id]', '261002'],
        ['contacts[add][0][type]', 'company'],
        ['account[subdomain]', 'test000002'],
      ),
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'lead', id: '31926520' },
          fields: { owner_id: '938348' },
          old: { owner_id: '102525' },
          created: false,
          as_of: '2016-03-01T08:55:27.000Z',
          occurred_at: '2016-03-01T08:55:27.000Z',
          actor_id: null,
          titles: {},
        },
        {
          do: 'write',
          record: { kind: 'company', id: '52379505' },
          fields: {
            name: 'ACME',
            owner_id: '298923',
            created_at: '2016-03-03T10:48:09.000Z',
            created_user_id: '261002',
          },
          old: {},
          created: true,
          as_of: '2016-03-03T10:48:09.000Z',
          occurred_at: '2016-03-03T10:48:09.000Z',
          actor_id: '261002',
          titles: {},
        },
      ],
      problems: [],
      ignored: [],
      answer,
    },
  },
  {
    title: 'A chat message comes in',
    options: {},
    call: {
      contentType,
      body: form(
        ['message[add][0][id]', '0a63bb2d-9d0f-4b31-9b7c-33f7f0a4b7ad'],
        ['message[add][0][chat_id]', '5ff1'],
        ['message[add][0][talk_id]', '12'],
        ['message[add][0][contact_id]', '88'],
        ['message[add][0][text]', 'Is it in stock?'],
        ['message[add][0][created_at]', '1456822527'],
        ['message[add][0][element_type]', '2'],
        ['message[add][0][entity_type]', 'lead'],
        ['message[add][0][element_id]', '4831596'],
        ['message[add][0][entity_id]', '4831596'],
        ['message[add][0][type]', 'incoming'],
        ['message[add][0][author][id]', 'a1'],
        ['message[add][0][author][type]', 'external'],
        ['message[add][0][author][name]', 'Anna'],
        ['message[add][0][origin]', 'telegram'],
        ['account[id]', '10216991'],
      ),
    },
    reading: {
      items: [
        {
          do: 'activity',
          record: { kind: 'lead', id: '4831596' },
          type: 'chat_message_received',
          data: {
            from: 'Anna',
            channel: 'telegram',
            text: 'Is it in stock?',
            chat_id: '5ff1',
            talk_id: '12',
            contact_id: '88',
          },
          occurred_at: '2016-03-01T08:55:27.000Z',
          external_id: 'message:0a63bb2d-9d0f-4b31-9b7c-33f7f0a4b7ad',
        },
      ],
      problems: [],
      ignored: [],
      answer,
    },
  },
  {
    title: 'A letter to a lead (digital pipeline, as JSON)',
    options: {},
    call: {
      contentType: 'application/json',
      body: '{"leads":{"mail_in":[{"id":4921027,"pipeline_id":752662,"status_id":16203334}]}}',
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'lead', id: '4921027' },
          fields: { pipeline_id: '752662', stage_id: '16203334' },
          old: {},
          created: false,
          as_of: null,
          occurred_at: null,
          actor_id: null,
          titles: {},
        },
        {
          do: 'activity',
          record: { kind: 'lead', id: '4921027' },
          type: 'email_received',
          data: {},
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
    title: "A customer's period changes (digital pipeline, as a form)",
    options: {},
    call: {
      contentType,
      body: form(
        ['customers[period][0][id]', '4831596'],
        ['customers[period][0][old_period_id]', '16203334'],
        ['customers[period][0][period_id]', '16203337'],
      ),
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'customer', id: '4831596' },
          fields: { period_id: '16203337' },
          old: { period_id: '16203334' },
          created: false,
          as_of: null,
          occurred_at: null,
          actor_id: null,
          titles: {},
        },
      ],
      problems: [],
      ignored: [],
      answer,
    },
  },
  {
    title: 'A widget in the digital pipeline is told of a call',
    options: {},
    call: {
      contentType: 'application/json',
      body: JSON.stringify({
        event: {
          type: 17,
          type_code: 'call_in',
          data: { id: '4831596', element_type: '2', status_id: '16203337', pipeline_id: '752662' },
          time: '1456822527',
        },
        action: { settings: { widget: { settings: { sum: '5' } } } },
        subdomain: 'test000002',
        account_id: '10216991',
      }),
    },
    reading: {
      items: [
        {
          do: 'write',
          record: { kind: 'lead', id: '4831596' },
          fields: { pipeline_id: '752662', stage_id: '16203337' },
          old: {},
          created: false,
          as_of: '2016-03-01T08:55:27.000Z',
          occurred_at: '2016-03-01T08:55:27.000Z',
          actor_id: null,
          titles: {},
        },
        {
          do: 'activity',
          record: { kind: 'lead', id: '4831596' },
          type: 'call_received',
          data: {},
          occurred_at: '2016-03-01T08:55:27.000Z',
          external_id: 'call_in:lead:4831596:2016-03-01T08:55:27.000Z',
        },
      ],
      problems: [],
      ignored: [],
      answer,
    },
  },
  {
    title: 'A message that was sent is left out; what is not known is told',
    options: {},
    call: {
      contentType,
      body: form(
        ['message[add][0][id]', '7'],
        ['message[add][0][type]', 'outgoing'],
        ['message[add][0][entity_type]', 'lead'],
        ['message[add][0][entity_id]', '4831596'],
        ['catalogs[add][0][id]', '1'],
        ['account[subdomain]', 'test000002'],
      ),
    },
    reading: {
      items: [],
      problems: [
        {
          path: 'catalogs',
          code: 'not_understood',
          message: '"catalogs" was not understood. The call is kept.',
        },
      ],
      ignored: [
        {
          path: 'message[add][0]',
          code: 'outgoing',
          message: 'Only messages that come in are recorded; this one was sent.',
        },
      ],
      answer,
    },
  },
]
