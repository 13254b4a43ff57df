import { Client } from 'undici'
import { type Destination, dial, type Dialling } from './connect.ts'
import { type Carrier, type Exchange, type Line, responseHeadBytesMax } from './exchange.ts'

/**
 * The lines to one origin. undici has pools of its own; this one differs in that it gives up a line that is still
 * dialling when its request's deadline passes, knows whether a line is fresh, and drops a waiting request at once.
 */
export class OriginPool implements Carrier {
  private readonly lines = new Set<Line>()
  private readonly idle: Line[] = []
  private readonly waiting = new Set<Exchange>()
  private readonly origin: string
  private readonly destination: Destination
  private readonly dialling: Dialling
  private readonly linesMax: number
  private readonly onEmpty: () => void

  constructor(options: {
    origin: string
    destination: Destination
    dialling: Dialling
    linesMax: number
    onEmpty: () => void
  }) {
    this.origin = options.origin
    this.destination = options.destination
    this.dialling = options.dialling
    this.linesMax = options.linesMax
    this.onEmpty = options.onEmpty
  }

  /** Gives the exchange a line: the one used last, else a new one, else the first that becomes free. */
  carry(exchange: Exchange): void {
    const line = this.idle.pop()
    if (line) this.put(line, exchange)
    else if (this.lines.size < this.linesMax) this.put(this.open(), exchange)
    else this.waiting.add(exchange)
  }

  release(line: Line): void {
    line.exchange = null
    const next = this.nextWaiting()
    if (next) this.put(line, next)
    else this.idle.push(line)
  }

  /** Breaks off whatever the line carries or dials. */
  drop(line: Line): void {
    if (!this.lines.delete(line)) return
    line.exchange = null
    const at = this.idle.indexOf(line)
    if (at >= 0) this.idle.splice(at, 1)
    line.hangUp()
    line.client.destroy(new Error('The line was dropped.'), ignore)
    const next = this.lines.size < this.linesMax ? this.nextWaiting() : null
    if (next) this.put(this.open(), next)
    else if (this.lines.size === 0) this.onEmpty()
  }

  replace(line: Line, exchange: Exchange): void {
    this.put(this.open(), exchange)
    this.drop(line)
  }

  forget(exchange: Exchange): void {
    this.waiting.delete(exchange)
  }

  /** Ends every exchange by `end` and closes every line; resolves when the sockets are closed. */
  async close(end: (exchange: Exchange) => void): Promise<void> {
    const lines = [...this.lines]
    const waiting = [...this.waiting]
    this.waiting.clear()
    for (const exchange of waiting) end(exchange)
    await Promise.all(
      lines.map((line) => {
        if (line.exchange) end(line.exchange)
        this.drop(line)
        return line.client.destroy()
      }),
    )
  }

  private put(line: Line, exchange: Exchange): void {
    line.exchange = exchange
    exchange.line = line
    line.client.dispatch(exchange.options, exchange)
  }

  private nextWaiting(): Exchange | null {
    for (const next of this.waiting) {
      this.waiting.delete(next)
      return next
    }
    return null
  }

  private open(): Line {
    const client = new Client(this.origin, {
      allowH2: false,
      pipelining: 1,
      // The exchange's one deadline covers all of it; undici's own clocks would only add to the work.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: responseHeadBytesMax,
      keepAliveMaxTimeout: 60_000,
      connect: (_options, callback) => {
        line.served = 0
        line.hangUp = dial(this.destination, this.dialling, (failure, socket) => {
          line.hangUp = ignore
          if (socket) callback(null, socket)
          else callback(failure ?? new Error('no socket'), null)
        })
      },
    })
    const line: Line = { client, served: 0, exchange: null, hangUp: ignore }
    client.on('disconnect', () => {
      if (!line.exchange) this.drop(line)
    })
    this.lines.add(line)
    return line
  }
}

function ignore(): void {}
