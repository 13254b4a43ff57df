/** Things that have a page of their own, by what their ids begin with. */
const places = {
  dlv: { of: 'delivery', at: '/history' },
  evt: { of: 'event', at: '/events' },
  whk: { of: 'webhook', at: '/webhooks' },
  src: { of: 'source', at: '/sources' },
  ins: { of: 'inspector', at: '/inspector' },
} as const

/** Where the thing of an id is shown, for instance of the `webhook-id` that a receiver names; null for what is no such id. */
export function placeOfId(text: string) {
  const prefix = /^([a-z]{3})_[0-9a-z]{20,}$/.exec(text)?.[1]
  const place = Object.entries(places).find(([known]) => known === prefix)?.[1]
  return place ? { of: place.of, to: `${place.at}/${text}` } : null
}
