import type { Auth, Header, ProblemDetail } from '../../model/index.ts'

const headersMax = 50
const headerValueCharactersMax = 8192

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200}$/
/** RFC 9110, 5.5, less what a receiver could read as the end of the line. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000a-\u001f\u007f]/
const beyondLatin1 = /[\u0100-\uffff]/

/** Set by the connection, by the body or by us; a second one would contradict it. */
const reserved = new Set([
  'host', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'expect',
]) // prettier-ignore
const reservedBeginnings = ['proxy-', 'webhook-', 'hookline-']

function isReserved(name: string): boolean {
  const lower = name.toLowerCase()
  return reserved.has(lower) || reservedBeginnings.some((beginning) => lower.startsWith(beginning))
}

/** What is wrong with a webhook's own headers; paths are those of the webhook. */
export function checkHeaders(headers: readonly Header[], auth: Auth): ProblemDetail[] {
  if (headers.length > headersMax) {
    const message = `A webhook may have at most ${headersMax} headers.`
    return [{ path: 'request.headers', code: 'too_many', message }]
  }
  return headers.flatMap(({ name, value }, index) => {
    const path = `request.headers[${index}]`
    return [...checkName(name, `${path}.name`, auth), ...checkHeaderValue(value, `${path}.value`)]
  })
}

function checkName(name: string, path: string, auth: Auth): ProblemDetail[] {
  const problems = headerNameProblems(name, path)
  if (problems.length > 0) return problems
  const lower = name.toLowerCase()
  const setByAuth =
    ((auth.type === 'basic' || auth.type === 'bearer') && lower === 'authorization') ||
    (auth.type === 'header' && lower === auth.name?.toLowerCase())
  if (!setByAuth) return []
  const message = `"${name}" is set by the authentication already. Take one of the two out.`
  return [{ path, code: 'header_twice', message }]
}

function headerNameProblems(name: string, path: string): ProblemDetail[] {
  return checkHeaderName(name, path, isReserved)
}

/** What is wrong with the name of a header that we send; `taken` says which names are not for users to set. */
export function checkHeaderName(
  name: string,
  path: string,
  taken: (name: string) => boolean,
): ProblemDetail[] {
  if (!token.test(name)) {
    const message = "A header's name has letters, digits and hyphens, no spaces, colons or line breaks."
    return [{ path, code: 'header_name', message }]
  }
  if (taken(name)) {
    const message = `"${name}" is set by the server itself and cannot be set here. Choose another name.`
    return [{ path, code: 'header_reserved', message }]
  }
  return []
}

/** What is wrong with the value of any header that we send. */
export function checkHeaderValue(value: string, path: string): ProblemDetail[] {
  const problem = (code: string, message: string) => [{ path, code, message }]
  if (unprintable.test(value)) {
    return problem('header_value', "A header's value has no line breaks or other control characters.")
  }
  if (beyondLatin1.test(value)) {
    return problem(
      'header_value',
      "A header's value can hold only Latin-1 characters. Encode others, for example as %xx.",
    )
  }
  if (value !== value.trim())
    return problem('header_value', "A header's value does not begin or end with a space.")
  if (value.length > headerValueCharactersMax) {
    return problem('too_long', `A header's value may have at most ${headerValueCharactersMax} characters.`)
  }
  return []
}

/** What goes with each way of showing who one is. */
const authKeys: Record<Auth['type'], readonly string[]> = {
  none: [],
  basic: ['username', 'password'],
  bearer: ['token'],
  header: ['name', 'value'],
}

/** What is wrong with how a webhook shows who it is. */
export function checkAuth(auth: Auth): ProblemDetail[] {
  const needed = authKeys[auth.type]
  const given = Object.keys(auth).filter((key) => key !== 'type')
  const misfits = [
    ...needed
      .filter((key) => !given.includes(key))
      .map((key) => misfit(key, 'required', `"${auth.type}" needs a ${key}.`)),
    ...given
      .filter((key) => !needed.includes(key))
      .map((key) =>
        misfit(key, 'not_together', `"${auth.type}" has no ${key}. Take it out, or choose another type.`),
      ),
  ]
  return misfits.length > 0 ? misfits : checkAuthValues(auth)
}

function misfit(key: string, code: string, message: string): ProblemDetail {
  return { path: `request.auth.${key}`, code, message }
}

function checkAuthValues(auth: Auth): ProblemDetail[] {
  switch (auth.type) {
    case 'none':
      return []
    case 'basic':
      return checkBasic(auth)
    case 'bearer':
      return auth.token === ''
        ? [empty('request.auth.token')]
        : checkHeaderValue(auth.token, 'request.auth.token')
    case 'header':
      return [
        ...headerNameProblems(auth.name, 'request.auth.name'),
        ...(auth.value === ''
          ? [empty('request.auth.value')]
          : checkHeaderValue(auth.value, 'request.auth.value')),
      ]
  }
}

/** RFC 7617: the pair is sent as UTF-8, so every alphabet is fine; a colon in the name would end it. */
function checkBasic({ username, password }: Extract<Auth, { type: 'basic' }>): ProblemDetail[] {
  const problems: ProblemDetail[] = []
  for (const [key, text] of Object.entries({ username, password })) {
    const path = `request.auth.${key}`
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u001f\u007f]/.test(text)) {
      problems.push({
        path,
        code: 'auth_value',
        message: `The ${key} has no line breaks or other control characters.`,
      })
    } else if (text.length > 1000) {
      problems.push({ path, code: 'too_long', message: `The ${key} may have at most 1000 characters.` })
    }
  }
  if (username.includes(':')) {
    const message = 'A user name has no colon: in HTTP Basic it ends the name.'
    problems.push({ path: 'request.auth.username', code: 'auth_value', message })
  }
  return problems
}

function empty(path: string): ProblemDetail {
  return { path, code: 'required', message: 'This must not be empty.' }
}
