import { lookup } from 'node:dns/promises'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { codeOf, SendFailure } from './answer.ts'
import { egressSetting, type Guard } from './guard.ts'

export interface ResolvedAddress {
  address: string
  family: number
}

/** Finds all addresses of a name; rejects, or answers [], when there is none. */
export type Resolve = (host: string) => Promise<ResolvedAddress[]>

/** Where a connection goes. `host` is a name or an IP address, without brackets or trailing dot. */
export interface Destination {
  secure: boolean
  host: string
  port: number
}

/** A destination whose addresses the guard has let pass: a connection may go to these and to no others. */
export interface CheckedDestination extends Destination {
  addresses: ResolvedAddress[]
}

/** Begins to open a TCP or TLS socket; it says how that went by its own `connect`, `secureConnect` and `error` events. */
export type Connect = (destination: CheckedDestination) => Socket

export interface Dialling {
  guard: Guard
  resolve: Resolve
  connect: Connect
}

/** Asks the operating system, which also knows /etc/hosts and the local search domains. */
export function resolveName(host: string): Promise<ResolvedAddress[]> {
  return lookup(host, { all: true })
}

/**
 * Opens one connection: resolve, guard, connect to what the guard let pass, and look once more at who is at the other
 * end. Calls `done` once, with a socket that is ready for the request or with the failure. The returned function gives
 * up: it closes what is open, and `done` is not called any more.
 */
export function dial(
  destination: Destination,
  dialling: Dialling,
  done: (failure: SendFailure | null, socket: Socket | null) => void,
): () => void {
  let socket: Socket | null = null
  let over = false

  const fail = (failure: SendFailure) => {
    if (over) return
    over = true
    socket?.destroy()
    done(failure, null)
  }

  const open = async () => {
    const addresses = await checkedAddresses(destination, dialling)
    if (over) return
    let step: 'connect' | 'tls' = 'connect'
    const opening = dialling.connect({ ...destination, addresses })
    socket = opening
    opening.setNoDelay(true)
    opening.setKeepAlive(true, 60_000)
    // Stays for good: a socket that fails after it was given up must not take the process down.
    opening.on('error', (error) => fail(connectFailure(step, destination, error)))
    opening.once('close', () =>
      fail(connectFailure(step, destination, new Error('the connection was closed'))),
    )
    opening.once('connect', () => (step = 'tls'))
    opening.once(destination.secure ? 'secureConnect' : 'connect', () => {
      if (over) return
      const peer = opening.remoteAddress ?? ''
      if (!dialling.guard.addressAllowed(peer, destination.host)) return fail(refusal(destination, [peer]))
      over = true
      done(null, opening)
    })
  }

  open().catch((error: unknown) => {
    fail(error instanceof SendFailure ? error : connectFailure('connect', destination, error))
  })
  return () => {
    over = true
    socket?.destroy()
  }
}

async function checkedAddresses(destination: Destination, dialling: Dialling): Promise<ResolvedAddress[]> {
  const { host } = destination
  const family = isIP(host)
  const found = family ? [{ address: host, family }] : await resolved(host, dialling.resolve)
  const allowed = found.filter(({ address }) => dialling.guard.addressAllowed(address, host))
  if (allowed.length === 0) {
    throw refusal(
      destination,
      found.map(({ address }) => address),
    )
  }
  return allowed
}

async function resolved(host: string, resolve: Resolve): Promise<ResolvedAddress[]> {
  try {
    const found = await resolve(host)
    if (found.length > 0) return found
  } catch (error) {
    throw new SendFailure('dns', `The name ${host} could not be resolved (${codeOf(error)}).`)
  }
  throw new SendFailure('dns', `The name ${host} has no address.`)
}

function refusal({ host }: Destination, addresses: string[]): SendFailure {
  const shown = addresses.slice(0, 3).join(', ')
  const what = isIP(host)
    ? `${host} is not a public address`
    : `${host} resolves to ${shown}, which is not a public address`
  return new SendFailure(
    'guard',
    `${what}, so nothing was sent. To allow it, list it in the server's setting ${egressSetting}.`,
  )
}

function connectFailure(step: 'connect' | 'tls', { host, port }: Destination, error: unknown): SendFailure {
  const code = codeOf(error)
  if (step === 'tls') {
    const cause = tlsCauses[code] ?? `the TLS handshake failed (${code})`
    return new SendFailure('tls', `No secure connection to ${host} port ${port}: ${cause}.`)
  }
  if (code === 'ECONNREFUSED') {
    return new SendFailure(
      'connect',
      `${host} refused the connection on port ${port}: nothing listens there.`,
    )
  }
  return new SendFailure('connect', `No connection to ${host} port ${port} (${code}).`)
}

const unknownAuthority = 'no authority that this server trusts has signed its certificate'

const tlsCauses: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS on this port',
}

/**
 * The real thing: TCP, and TLS with Node's certificate rules, to exactly the checked addresses (tried in turn, RFC 8305).
 * `ca` replaces the trusted authorities, as PEM.
 */
export function connectSocket(destination: CheckedDestination, options: { ca?: string[] } = {}): Socket {
  const { host, port, addresses, secure } = destination
  const [first] = addresses
  const reach =
    addresses.length === 1
      ? { host: first!.address, port }
      : { host, port, autoSelectFamily: true, lookup: answering(addresses) }
  if (!secure) return connectTcp(reach)
  return connectTls({
    ...reach,
    ...options,
    // A certificate for an address is checked against the address itself; names in the handshake must be names.
    ...(isIP(host) ? {} : { servername: host }),
    ALPNProtocols: ['http/1.1'],
  })
}

/** A look-up that knows its answer already, so that the system's resolver is not asked a second time. */
function answering(addresses: ResolvedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, addresses)
    else callback(null, addresses[0]!.address, addresses[0]!.family)
  }
}
