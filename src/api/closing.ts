import type { FastifyInstance } from 'fastify'

/**
 * Lets a server that is being closed end in time. Node closes the connections that are idle when the close begins; one whose
 * request is answered later would be kept open for its keep-alive time, and one on which nothing was ever asked for a minute.
 * So answers given from then on end their connection, and what is still open after `drainMs` is broken off.
 */
export function closeInTime(app: FastifyInstance, drainMs: number): void {
  let closing = false
  let timer: NodeJS.Timeout | undefined
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close')
    done(null, payload)
  })
  app.addHook('preClose', (done) => {
    closing = true
    timer = setTimeout(() => app.server.closeAllConnections(), drainMs)
    timer.unref()
    done()
  })
  app.addHook('onClose', (_app, done) => {
    clearTimeout(timer)
    done()
  })
}
