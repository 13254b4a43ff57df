/** A reader of `GET /v1/live`, as a client that uses `fetch` would write one. */

export interface LiveMessage {
  id: string | null
  event: string
  data: Record<string, unknown>
}

export interface LiveReader extends AsyncDisposable {
  status: number
  /** All so far, comments left out. */
  messages: LiveMessage[]
  /** Resolves with the first message that the predicate holds for, come already or later; rejects when the stream ends. */
  next(holds: (message: LiveMessage) => boolean): Promise<LiveMessage>
  /** Resolves when the server ends the stream, or it breaks. */
  ended: Promise<void>
}

/** Opens a stream and resolves when the answer has begun. */
export async function openLive(
  origin: string,
  headers: Record<string, string>,
  lastEventId?: string | null,
): Promise<LiveReader> {
  const stop = new AbortController()
  const answer = await fetch(`${origin}/v1/live`, {
    headers: { ...headers, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: stop.signal,
  })
  const messages: LiveMessage[] = []
  const looks = new Set<() => void>()
  let over = false
  const read = async () => {
    let text = ''
    const decoder = new TextDecoder()
    try {
      for await (const bytes of answer.body!) {
        text += decoder.decode(bytes, { stream: true })
        const parts = text.split('\n\n')
        text = parts.pop()!
        for (const part of parts) {
          const message = readMessage(part)
          if (message) messages.push(message)
        }
        for (const look of looks) look()
      }
    } catch {
      // Broken off: it has ended all the same.
    }
    over = true
    for (const look of looks) look()
  }
  const ended = read()
  return {
    status: answer.status,
    messages,
    ended,
    next: (holds) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = messages.find(holds)
          if (found) resolve(found)
          else if (over) reject(new Error(`The stream ended after ${JSON.stringify(messages)}.`))
          else return
          looks.delete(look)
        }
        looks.add(look)
        look()
      }),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await ended
    },
  }
}

function readMessage(part: string): LiveMessage | null {
  const fields = new Map(
    part.split('\n').map((line): [string, string] => {
      const at = line.indexOf(': ')
      return [line.slice(0, at), line.slice(at + 2)]
    }),
  )
  const event = fields.get('event')
  if (event === undefined) return null
  return { id: fields.get('id') ?? null, event, data: JSON.parse(fields.get('data') ?? '{}') }
}
