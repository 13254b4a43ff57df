import type {
  DeliveryPolicy,
  Fields,
  HttpMethod,
  JsonObject,
  RecordRef,
  Text,
  WebhookRequest,
  WebhookSettings,
} from '../model/index.ts'

/** A part of a webhook, as `POST /v1/webhooks` takes it. What is left out has its usual default. */
export interface PresetWebhook extends Partial<Omit<WebhookSettings, 'request' | 'delivery'>> {
  request?: Partial<WebhookRequest>
  delivery?: Partial<DeliveryPolicy>
}

/** Something that only the user knows. */
export interface Ask {
  /** Where in the webhook it goes: `request.url`. */
  path:
    'request.url' | 'request.auth' | 'request.options.params' | 'events' | 'scope' | 'conditions' | 'limits'
  title: Text
  /** One sentence: where the user finds it, or what it does. */
  hint: Text
  /** The webhook cannot be saved, or does not do what its name says, without it. */
  required: boolean
}

/** A webhook made from the preset, one event, and the request that it becomes. Also the preset's test. */
export interface PresetExample {
  title: string
  /** Laid over the preset's webhook: what the user was asked for. */
  asked: PresetWebhook
  event: {
    type: string
    record: RecordRef
    current: Fields
    previous: Fields
    data: JsonObject
    related: { [name: string]: JsonObject }
  }
  sent: {
    method: HttpMethod
    contentType: string | null
    /** As it is on the wire; null where it is empty. */
    body: string | null
    query: [name: string, value: string][]
  }
}

/** A filled-in webhook that a user picks and then changes. */
export interface Preset {
  name: string
  title: Text
  description: Text
  /** Whose users it is for; null where it is for anybody. */
  system: string | null
  /** The name of its guide in docs/guide. */
  guide: string
  webhook: PresetWebhook
  /** In the order in which a form asks. */
  asks: Ask[]
  examples: PresetExample[]
}

export function definePreset(preset: Preset): Preset {
  return preset
}
