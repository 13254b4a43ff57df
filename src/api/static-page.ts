/** What pages without scripts share that the server writes itself: how they look, what they may load, how they are answered. */
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerUnlessKnown, etagOf } from './etag.ts'

/** Both colour schemes, a list at the side, and the text. */
export const pageStyles = `
:root { color-scheme: light dark; --text: light-dark(#1c2024, #e8eaed); --quiet: light-dark(#55606b, #a5adb5);
  --line: light-dark(#dfe3e8, #33393f); --soft: light-dark(#f5f7f9, #1b1f23); --page: light-dark(#fff, #121518); --link: light-dark(#0b57a4, #8ec5ff); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); }
a { color: var(--link); }
.layout { display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem; border-right: 1px solid var(--line); font-size: .875rem; }
nav h2 { margin: 1rem 0 .25rem; font-size: .875rem; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .15rem 0; text-decoration: none; }
main { max-width: 58rem; padding: 1.5rem 2.5rem 6rem; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.375rem; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
td, th { padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--quiet); }
`

/** Nothing is loaded and nothing runs; the one style sheet is named by its hash. */
export function policyOf(styles: string): string {
  return `default-src 'none'; style-src 'sha256-${hash('sha256', styles, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

/** A page that is kept by browsers, and asked for again each time. */
export interface StaticPage {
  html: string
  policy: string
  etag: string
}

export function staticPage(html: string, policy: string): StaticPage {
  return { html, policy, etag: etagOf(html) }
}

/** Open to everybody: such a page says nothing of any account. */
export function sendStaticPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { html, policy, etag }: StaticPage,
): FastifyReply {
  reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-cache')
  return answerUnlessKnown(request, reply, etag, () =>
    reply.header('content-type', 'text/html; charset=utf-8').send(html),
  )
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
