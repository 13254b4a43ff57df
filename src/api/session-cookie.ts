import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionMsMax } from '../actions/people/sign-in.ts'

/** `__Host-`: browsers take it over https only, from this very host, for all of it. */
const plainName = 'hookline'
const safeName = '__Host-hookline'
const textForm = /^[A-Za-z0-9_-]{43}$/

function nameAt(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? safeName : plainName
}

/** What the request's session cookie says; null where there is none that could be ours. */
export function readSessionCookie({ headers }: FastifyRequest, publicUrl: string): string | null {
  const start = `${nameAt(publicUrl)}=`
  for (const part of headers.cookie?.split(';') ?? []) {
    const pair = part.trim()
    if (!pair.startsWith(start)) continue
    const text = pair.slice(start.length)
    return textForm.test(text) ? text : null
  }
  return null
}

/** A `Cookie` header without sessions of this server; null where nothing else is in it. */
export function withoutSession(cookies: string): string | null {
  const ours = /^\s*(__Host-)?hookline\s*=/i
  if (!cookies.split(';').some((pair) => ours.test(pair))) return cookies
  const others = cookies.split(';').filter((pair) => !ours.test(pair))
  return others.join(';').trim() || null
}

/** Gives the browser the session, or takes it away (null). The server ends it sooner than the browser where it is not used. */
export function setSessionCookie(reply: FastifyReply, publicUrl: string, text: string | null): void {
  const seconds = text === null ? 0 : sessionMsMax / 1000
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${nameAt(publicUrl)}=${text ?? ''}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`,
  )
}
