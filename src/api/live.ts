import { Type } from 'typebox'
import type { Authenticator } from './auth.ts'
import type { Api, ApiContext } from './context.ts'
import { answers } from './schemas.ts'

/** What happens, as it happens. */
export function liveRoutes(api: Api, context: ApiContext, authenticator: Authenticator): void {
  const { live, config } = context

  api.get(
    '/v1/live',
    {
      config: { needs: 'read' },
      // It would never end.
      exposeHeadRoute: false,
      schema: {
        tags: ['Events'],
        operationId: 'live',
        summary: 'Watch events, decisions and attempts',
        description:
          'Server-sent events: `event`, `decisions` (of that event) and `attempt`, each short, with the ids under which the whole is read. ' +
          '`ready` comes first. `Last-Event-ID` goes on where a connection broke, if that was within a minute and in the same process; otherwise, and wherever something was left out, ' +
          '`missed` says that the lists know more. Attempts and events of other processes are told, too, a moment later. A reader that does not keep up is cut off. ' +
          "A token stands in the header, so use `fetch` and read its body: a browser's EventSource cannot send headers, and a token in a URL would stand in every log. " +
          'Somebody who is signed in to the console can use EventSource. The stream ends when the token is deleted or the session has ended.',
        response: answers({ 200: Type.String({ description: '`text/event-stream`.' }) }),
      },
    },
    (request, reply) => {
      const { raw } = reply
      const { id: callerId, account_id } = request.caller
      const { 'last-event-id': lastId } = request.headers
      const waiting: string[] = []
      let started = false
      const write = (text: string) => {
        if (raw.writableEnded || raw.destroyed) return
        raw.write(text)
        // Counts what Node holds for it, not what the kernel took.
        if (raw.writableLength <= config.liveBufferBytesMax) return
        raw.destroy()
        context.metrics.liveDropped.inc()
      }
      // Opening may refuse, and then the answer is a problem like any other.
      const stop = live.open(account_id, typeof lastId === 'string' ? lastId : null, {
        tell: (message) => (started ? write(message) : void waiting.push(message)),
        end: () => raw.end(),
      })
      raw.on('close', end)
      raw.on('error', end)
      const beating = setInterval(() => void beat(), config.liveHeartbeatMs)
      beating.unref()
      // A member that was deleted is told nothing more, not even until the next beat.
      const unwatch = authenticator.onForget((id) => id === callerId && void beat())

      function end(): void {
        clearInterval(beating)
        unwatch()
        stop()
      }

      /** Keeps the connection open on its way, and ends it when its token or session is gone. */
      async function beat(): Promise<void> {
        write(':\n\n')
        // A database that does not answer says nothing about either.
        const isThere = await authenticator.isStillThere(request).catch(() => true)
        if (!isThere) raw.end()
      }

      reply.hijack()
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // nginx holds answers back otherwise.
        'x-accel-buffering': 'no',
      })
      started = true
      write(waiting.join(''))
    },
  )
}
