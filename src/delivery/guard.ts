import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import ipaddr from 'ipaddr.js'
import { invalid, type Problem, type ProblemDetail } from '../model/index.ts'

/** The setting that every refusal names, so that whoever reads it knows what to change. */
export const egressSetting = 'HOOKLINE_EGRESS_ALLOW'

type Network = [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number]

/** What an operator allows beyond public addresses: networks by address, names whatever their address. */
export interface EgressAllow {
  networks: Network[]
  /** Exact names, lower-case ASCII, without a trailing dot. */
  hosts: ReadonlySet<string>
  /** From `*.corp.example`: `.corp.example`, which matches every name below it but not `corp.example` itself. */
  suffixes: string[]
}

/**
 * Decides where requests may go. One guard serves saving, previews, tests and the worker: a URL is judged when it is
 * saved, and every address again when a connection to it is opened, because a name's addresses can change in between.
 */
export interface Guard {
  /** Whether a connection to this address may be opened for this host (a name, or the address itself). */
  addressAllowed(address: string, host: string): boolean
  /**
   * What is wrong with a URL that somebody wants to save; [] when nothing is. Looks up no names: one that does not
   * resolve yet is fine. Codes: url_malformed, url_scheme, url_credentials, url_private_address, url_port.
   */
  checkUrl(url: string, path?: string): ProblemDetail[]
}

/**
 * Reads the setting: IP addresses, CIDR networks, host names and `*.names`, separated by commas; '' allows nothing more.
 * Throws a Problem (`invalid`, path HOOKLINE_EGRESS_ALLOW) that quotes every entry which is none of these.
 */
export function parseEgressAllow(text: string): EgressAllow {
  const networks: Network[] = []
  const hosts = new Set<string>()
  const suffixes: string[] = []
  const bad: string[] = []
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue
    const network = parseNetwork(entry)
    const name = network ? null : parseName(entry)
    if (network) networks.push(network)
    else if (name?.startsWith('*.')) suffixes.push(name.slice(1))
    else if (name) hosts.add(name)
    else bad.push(entry)
  }
  if (bad.length > 0) throw badEntries(bad)
  return { networks, hosts, suffixes }
}

function badEntries(entries: string[]): Problem {
  return invalid(
    entries.map((entry) => ({
      path: egressSetting,
      code: 'egress_entry',
      message: `${egressSetting} holds "${entry}". Each entry is an IP address (10.0.0.7), a network (10.0.0.0/8), a host name (erp.corp.example) or the names below one (*.corp.example).`,
    })),
  )
}

function parseNetwork(entry: string): Network | null {
  const [address = '', bits, ...rest] = entry.split('/')
  if (rest.length > 0 || address.includes('%') || isIP(address) === 0) return null
  const most = isIP(address) === 4 ? 32 : 128
  if (bits === undefined) return [ipaddr.parse(address), most]
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return null
  return [ipaddr.parse(address), Number(bits)]
}

const namePattern = /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/

function parseName(entry: string): string | null {
  // domainToASCII stops in silence at what ends a host in a URL: `erp.example/8` would become `erp.example`.
  if (/[/\\?#@:%]/.test(entry)) return null
  const name = withoutDot(domainToASCII(entry))
  // A last label of digits makes it a (mistyped) IPv4 address to every URL parser, never a name.
  const looksLikeAddress = [entry, name].some((text) => /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i.test(text))
  return namePattern.test(name) && !looksLikeAddress ? name : null
}

/** Makes the guard. `loopback`: the server listens on loopback only, so receivers on this machine are allowed too. */
export function makeGuard(options: { allow: EgressAllow; loopback: boolean }): Guard {
  const { allow, loopback } = options

  const nameAllowed = (host: string) =>
    allow.hosts.has(host) || allow.suffixes.some((suffix) => host.endsWith(suffix))

  const addressAllowed = (address: string, host: string) => {
    const [bare = ''] = address.split('%')
    if (isIP(bare) === 0) return false
    if (nameAllowed(plainHost(host))) return true
    const parsed = ipaddr.parse(bare)
    if (allow.networks.some((network) => within(parsed, network))) return true
    // A zone (fe80::1%eth0) picks a network interface of this machine; nothing public needs one.
    if (address.includes('%')) return false
    return isPublic(parsed) || (loopback && parsed.range() === 'loopback')
  }

  return {
    addressAllowed,
    checkUrl(url, path = 'request.url') {
      const parsed = parseUrl(url)
      if (!parsed) {
        const message = `"${shortened(url)}" is not a URL that a request can go to. It looks like https://erp.example/hooks, and {{ }} may stand only after the host.`
        return [{ path, code: 'url_malformed', message }]
      }
      if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
        const message = `The URL starts with ${parsed.protocol} but only http: and https: can be sent to.`
        return [{ path, code: 'url_scheme', message }]
      }
      const problems: ProblemDetail[] = []
      if (parsed.username !== '' || parsed.password !== '') {
        const message =
          'The URL holds a user name or password. Take them out and set them as the authentication, where they are kept encrypted.'
        problems.push({ path, code: 'url_credentials', message })
      }
      if (parsed.port === '0') {
        problems.push({
          path,
          code: 'url_port',
          message: 'Port 0 cannot be connected to. Name another port.',
        })
      }
      const host = plainHost(parsed.hostname)
      const allowed = isIP(host)
        ? addressAllowed(host, host)
        : !isLocalName(host) || loopback || nameAllowed(host)
      if (!allowed) {
        const message = `${host} is not a public address, so nothing is sent there. To allow it, list it in the server's setting ${egressSetting}.`
        problems.push({ path, code: 'url_private_address', message })
      }
      return problems
    },
  }
}

function parseUrl(url: string): URL | null {
  // The URL standard drops line breaks and tabs without a word; in a saved URL they are a mistake worth naming.
  if (/\p{Cc}/u.test(url)) return null
  const parsed = URL.parse(url)
  if (!parsed) return null
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return parsed
  return plainHost(parsed.hostname) === '' || /[{}]/.test(parsed.hostname) ? null : parsed
}

function shortened(url: string): string {
  return url.length > 100 ? `${url.slice(0, 100)}…` : url
}

/** A URL's hostname as it is compared: lower case, no IPv6 brackets, no trailing dot. */
export function plainHost(hostname: string): string {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return withoutDot(bare.toLowerCase())
}

function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** RFC 6761: these names always mean this machine. */
function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

function within(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

// 168.63.129.16 is Azure's host agent: a public number that is reachable only from inside, and answers with secrets.
const insideOnly: Network = [ipaddr.parse('168.63.129.16'), 32]
// All that IANA has given out as global unicast. What lies outside is unassigned or maps other networks (::/96, 64:ff9b::/96).
const globalUnicast: Network = [ipaddr.parse('2000::'), 3]

/**
 * `unicast` is what is left after ipaddr.js has named every special range of the IANA registries: private, loopback,
 * link-local, carrier-grade NAT, documentation, benchmarking, multicast, reserved, and the IPv6 forms that carry an
 * IPv4 address inside (mapped, NAT64, 6to4, Teredo).
 */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' ? !within(address, insideOnly) : within(address, globalUnicast)
}
