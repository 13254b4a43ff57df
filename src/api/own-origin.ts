import type { FastifyRequest } from 'fastify'
import { Problem } from '../model/index.ts'

/**
 * Refuses what another site made a browser send: a browser adds its cookies to that, too. Browsers say where a request comes
 * from in `Sec-Fetch-Site`, which pages cannot set; on plain http only in `Origin`.
 * @throws Problem `forbidden`
 */
export function refuseForeign(request: FastifyRequest, publicUrl: string): void {
  if (isOwn(request, publicUrl)) return
  throw new Problem(
    'forbidden',
    `This must come from the console itself, at ${publicUrl}. A program uses a token: "Authorization: Bearer hl_…".`,
  )
}

function isOwn({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin, host } = headers
  if (origin === undefined) return false
  if (origin === publicUrl) return true
  // Where the console is served over https, a page without it is somebody else's.
  const schemes = publicUrl.startsWith('https:') ? ['https'] : ['http', 'https']
  return host !== undefined && schemes.some((scheme) => origin === `${scheme}://${host.toLowerCase()}`)
}

/** The request reads and changes nothing, so that it does no harm whoever sent it: the answer is for its reader alone. */
export function onlyReads({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
