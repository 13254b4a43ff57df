import { once } from 'node:events'
import { connect } from 'node:net'

/**
 * One keep-alive connection that carries one request at a time, written and read with as little work as can be: the loader
 * shares two cores with what it loads.
 */
export interface Line {
  /** Resolves with the status when the whole answer is here. Rejects when the connection breaks. */
  send(request: string): Promise<number>
  close(): void
}

export async function openLine(origin: string): Promise<Line> {
  const { hostname, port } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<number> | null = null
  let received: Buffer | null = null

  socket.on('data', (chunk: Buffer) => {
    const bytes = received ? Buffer.concat([received, chunk]) : chunk
    const status = wholeAnswer(bytes)
    received = status === null ? bytes : null
    if (status === null) return
    const done = waiting
    waiting = null
    done?.resolve(status)
  })
  socket.on('error', (error) => waiting?.reject(error))
  const closed = () => new Error('The server closed the connection.')
  socket.on('close', () => waiting?.reject(closed()))
  return {
    send(request) {
      if (socket.destroyed) return Promise.reject(closed())
      waiting = Promise.withResolvers()
      socket.write(request, 'latin1')
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

/** The status, when the bytes are a whole answer. Understands only answers with a length, which all of ours have. */
function wholeAnswer(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const head = bytes.toString('latin1', 0, headEnd)
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  return bytes.length < headEnd + 4 + Number(length ?? 0) ? null : Number(head.slice(9, 12))
}
