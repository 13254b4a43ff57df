import type { SentRequest } from '../../data/deliveries.ts'

/** What curl writes itself, from the address and the body that it is given. */
const ownHeaders = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'expect',
])

/** The request as a command for a POSIX shell that sends the very same bytes again. */
export function curlOf({ method, url, headers, body, body_encoding }: SentRequest): string {
  const hasBody = body !== null && body !== ''
  // A command line cannot carry NUL, and bytes that are no text would be changed on the way.
  const piped = hasBody && (body_encoding === 'base64' || body.includes('\0'))
  const lines = ['curl']
  if (method !== (hasBody ? 'POST' : 'GET')) lines[0] += ` --request ${quoted(method)}`
  // curl takes brackets and braces in addresses for patterns.
  if (/[[\]{}]/.test(url)) lines[0] += ' --globoff'
  lines[0] += ` ${quoted(url)}`
  for (const [name, value] of headers) {
    if (ownHeaders.has(name.toLowerCase())) continue
    // With a colon and nothing behind it, curl would leave the header out.
    lines.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  }
  if (hasBody) {
    const isTyped = headers.some(([name]) => name.toLowerCase() === 'content-type')
    // Otherwise curl says that every body is a form.
    if (!isTyped) lines.push(`--header 'content-type:'`)
    lines.push(piped ? '--data-binary @-' : `--data-raw ${quoted(body)}`)
  }
  const command = lines.join(' \\\n  ')
  if (!piped) return command
  const bytes = body_encoding === 'base64' ? body : base64(body)
  return `printf %s ${quoted(bytes)} | base64 --decode | ${command}`
}

/** One word of the shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
