import type { Auth, Header, SigningSecret, WebhookSettings } from './webhook.ts'

/**
 * What stands in the place of a secret wherever a webhook is shown. Sent back in an update it means "keep the one you
 * have", so that what was read can be written back unchanged.
 */
export const secretMask = '••••••••'

/** What of a webhook is kept encrypted: everything that lets its bearer in, or lets one pose as us. */
export interface WebhookSecrets {
  signing: SigningSecret[]
  auth: Auth
  headers: Header[]
}

function maskAuth(auth: Auth): Auth {
  switch (auth.type) {
    case 'none':
      return auth
    case 'basic':
      return { ...auth, password: secretMask }
    case 'bearer':
      return { ...auth, token: secretMask }
    case 'header':
      return { ...auth, value: secretMask }
  }
}

/** The settings as they may be shown, logged and kept in versions. */
export function maskSecrets<S extends Pick<WebhookSettings, 'request'>>(settings: S): S {
  const { request } = settings
  return {
    ...settings,
    request: {
      ...request,
      auth: maskAuth(request.auth),
      headers: request.headers.map(({ name }) => ({ name, value: secretMask })),
    },
  }
}

/** The settings as they are used: masked ones with the secrets put back. */
export function unmaskSecrets<S extends Pick<WebhookSettings, 'request'>>(
  masked: S,
  secrets: Pick<WebhookSecrets, 'auth' | 'headers'>,
): S {
  return { ...masked, request: { ...masked.request, auth: secrets.auth, headers: secrets.headers } }
}
