/** What of a webhook is shown to somebody who is not a member of its account. */
import { type Json, type JsonObject, secretMask, type Webhook } from '../../model/index.ts'
import { redactableOf } from '../../delivery/redact.ts'

/** Names under which people keep what lets somebody in. */
const secretName =
  /token|secret|passw|pwd|api[-_.]?key|access[-_.]?key|signature|credential|bearer|(?:^|[-_.])(?:auth|key|sig|hash|pass)$/i

const lettersMin = 20
const mixedMin = 16

/**
 * Long, and no words: `xoxb1Ab…`, a UUID, the last part of a chat's webhook address. A number, a date or words with hyphens
 * are not meant.
 */
function looksDrawn(text: string): boolean {
  if (/\s/.test(text)) return false
  if (/^bot\d+:/.test(text)) return true
  const parts = text.split(/[-_.~]/)
  const mixed = parts.some((part) => /[A-Za-z]/.test(part) && /\d/.test(part))
  if (mixed && text.length >= mixedMin) return true
  return parts.some((part) => part.length >= lettersMin)
}

const isPlaceholder = (text: string) => text.includes('{{')

/** The URL with the secrets in it masked: a password, parameters named like one, and long random parts. Placeholders stay. */
function maskUrl(url: string): string {
  const [, origin = '', path = '', query = '', fragment = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url)!
  const maskedPath = path
    .split('/')
    .map((part) => (!isPlaceholder(part) && looksDrawn(part) ? secretMask : part))
    .join('/')
  const maskedQuery = query
    .slice(1)
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      const text = value.join('=')
      if (text === '' || isPlaceholder(text)) return pair
      return secretName.test(name) || looksDrawn(text) ? `${name}=${secretMask}` : pair
    })
    .join('&')
  const shownOrigin = origin.replace(/\/\/[^@/]*@/, `//${secretMask}@`)
  return shownOrigin + maskedPath + (query === '' ? '' : `?${maskedQuery}`) + (fragment === '' ? '' : '#')
}

/** `"token": "abc"` and `token=abc` inside a text that somebody wrote. */
const named = /(["']?)([\w.-]+)\1(\s*[:=]\s*["']?)([^"'&,{}\s]+)/g

function maskText(text: string, known: readonly string[]): string {
  const rest = known.reduce((left, secret) => left.replaceAll(secret, secretMask), text)
  return rest.replaceAll(named, (whole, quote: string, name: string, between: string) =>
    secretName.test(name) ? `${quote}${name}${quote}${between}${secretMask}` : whole,
  )
}

/** Values under secret names, and known secrets wherever they stand, in options of any shape. */
function maskOptions(value: Json, known: readonly string[]): Json {
  if (typeof value === 'string') return maskText(value, known)
  if (Array.isArray(value)) return value.map((item) => maskOptions(item, known))
  if (typeof value !== 'object' || value === null) return value
  // A row that names what it sends: its name says what its value is.
  const { name, from, value: sent } = value
  const isSecretRow =
    typeof name === 'string' &&
    typeof sent === 'string' &&
    from !== 'field' &&
    (secretName.test(name) || looksDrawn(sent))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const hidden = typeof inner === 'string' && (secretName.test(key) || (isSecretRow && key === 'value'))
      return [key, hidden ? secretMask : maskOptions(inner, known)]
    }),
  )
}

/**
 * The webhook as an outsider may see it work: no credentials, no secrets in its URL or its options, and signed with a secret
 * that anybody may know.
 */
export function withoutSecrets(webhook: Webhook, exampleSecret: string): Webhook {
  const { request } = webhook
  const { auth } = request
  const authSecrets =
    auth.type === 'basic'
      ? [auth.password]
      : auth.type === 'bearer'
        ? [auth.token]
        : auth.type === 'header'
          ? [auth.value]
          : []
  const known = redactableOf([...authSecrets, ...request.headers.map(({ value }) => value)])
  return {
    ...webhook,
    request: {
      ...request,
      url: maskUrl(known.reduce((url, secret) => url.replaceAll(secret, secretMask), request.url)),
      options: maskOptions(request.options, known) as JsonObject,
    },
    signing_secrets: [{ secret: exampleSecret, until: null }],
  }
}
