import { Socket } from 'node:net'
import { type Connect, connectSocket, type Resolve } from '../../src/delivery/connect.ts'
import { type Receiver, testAuthority } from './receiver.ts'

/** Names and addresses that exist only here. Whatever is asked for, no packet leaves this machine. */
export interface PretendInternet {
  resolve: Resolve
  connect: Connect
  /** The names looked up, in order. */
  lookups: string[]
  /** The address lists that connections were asked for, in order. */
  dialled: string[][]
}

/**
 * Makes one. `names`: what each name resolves to, one list per look-up, the last one for good; an unknown name does not
 * exist. `hosts`: which receiver stands at which address; an address without one refuses the connection. The sockets
 * say that they reached the pretended address; with `lying`, they tell the truth, as after a rerouted connection.
 */
export function pretendInternet(options: {
  names?: Record<string, string[][]>
  hosts?: Record<string, Receiver>
  lying?: boolean
}): PretendInternet {
  const { names = {}, hosts = {} } = options
  const turns = new Map<string, number>()
  const lookups: string[] = []
  const dialled: string[][] = []
  return {
    lookups,
    dialled,
    async resolve(name) {
      lookups.push(name)
      const lists = names[name]
      if (!lists) throw Object.assign(new Error(`no such name: ${name}`), { code: 'ENOTFOUND' })
      const turn = turns.get(name) ?? 0
      turns.set(name, turn + 1)
      const list = lists[Math.min(turn, lists.length - 1)]!
      return list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
    connect(destination) {
      const asked = destination.addresses.map(({ address }) => address)
      dialled.push(asked)
      const reached = asked.find((address) => hosts[address])
      if (!reached) return refusedSocket()
      const here = [{ address: '127.0.0.1', family: 4 }]
      const { port } = hosts[reached]!
      const socket = connectSocket({ ...destination, port, addresses: here }, { ca: [testAuthority()] })
      if (!options.lying) Object.defineProperty(socket, 'remoteAddress', { value: reached })
      return socket
    },
  }
}

function refusedSocket(): Socket {
  return new Socket().destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
}
