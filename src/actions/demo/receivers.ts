/** How the receivers of the demo answered in its past: mostly well, sometimes slowly, and badly when the story says so. */
import type { Answer } from '../../delivery/answer.ts'
import type { InspectorAnswer } from '../../model/index.ts'
import type { Role } from './demo-text.ts'
import type { Random } from './random.ts'
import type { Troubles } from './scenes.ts'

/** What the test addresses answer from now on, for real. */
export const inspectorAnswers: Record<'fine' | 'erp' | 'gone', InspectorAnswer> = {
  fine: {
    status: 200,
    delay_ms: 0,
    headers: [{ name: 'content-type', value: 'application/json' }],
    body: '{"ok":true}',
  },
  erp: { status: 500, delay_ms: 350, headers: [], body: 'ORA-12541: TNS: no listener' },
  gone: { status: 410, delay_ms: 1800, headers: [], body: 'This form was removed.' },
}

/** How long each usually takes, in ms. */
const usualMs: Record<Role, number> = {
  warehouse: 38,
  amocrm: 160,
  erp: 420,
  rule: 95,
  till: 70,
  boss: 55,
  handover: 120,
  sheet: 240,
  newsletter: 310,
  alert: 45,
}

export interface Asked {
  role: Role
  at: number
  timeoutMs: number
  troubles: Troubles
  random: Random
}

export function answerOf(asked: Asked): Answer {
  const { role, at, troubles } = asked
  const { till, newsletter, busy, busyNow, erp } = troubles
  switch (true) {
    case role === 'erp' && at >= erp:
      return asked.random.chance(0.2) ? timedOut(asked) : text(asked, 500, inspectorAnswers.erp.body)
    case role === 'erp':
      return json(asked, 201, { order: `ZA-${asked.random.between(10_200, 10_900)}` })
    case role === 'till' && at >= till.from && at < till.to:
      return unreachable(asked)
    case role === 'newsletter' && at >= newsletter.gone:
      return { ...text(asked, 410, inspectorAnswers.gone.body), durationMs: 1800 }
    case role === 'newsletter' && at >= newsletter.from:
      return text(asked, 500, 'Internal Server Error')
    case role === 'warehouse' && at >= busy.from && at < busy.to:
      return tooMany(asked, 600)
    case role === 'warehouse' && at >= busyNow:
      return tooMany(asked, 900)
    default:
      return usual(asked)
  }
}

/** Now and then something fails for a moment; what reads amoCRM's body has the oldest server. */
function usual(asked: Asked): Answer {
  const { role, random } = asked
  const luck = random.next()
  if (role === 'amocrm') {
    if (luck < 0.05)
      return text(asked, 500, 'PHP Fatal error: Allowed memory size of 134217728 bytes exhausted')
    if (luck < 0.08) return timedOut(asked)
  } else if (role === 'warehouse') {
    if (luck < 0.02) return tooMany(asked, 30)
    if (luck < 0.035) return text(asked, 503, 'upstream connect error or disconnect/reset before headers')
  } else if (role !== 'alert' && luck < 0.02) {
    return reset(asked)
  }
  return json(asked, 200, { ok: true })
}

function json(asked: Asked, status: number, body: object): Answer {
  return response(asked, status, [['content-type', 'application/json']], JSON.stringify(body))
}

function text(asked: Asked, status: number, body: string): Answer {
  return response(asked, status, [['content-type', 'text/plain; charset=utf-8']], body)
}

function tooMany(asked: Asked, waitS: number): Answer {
  return response(asked, 429, [['retry-after', String(waitS)]], 'Too Many Requests')
}

function response(asked: Asked, status: number, headers: [string, string][], body: string): Answer {
  return {
    kind: 'response',
    response: { status_code: status, headers, body: Buffer.from(body), truncated: false },
    durationMs: duration(asked),
  }
}

/** Most take about the usual time, a few several times as long. */
function duration({ role, random }: Asked): number {
  const slow = random.chance(0.06) ? random.between(3, 12) : 1
  return Math.round(usualMs[role] * (0.6 + random.next() * 0.9) * slow)
}

function timedOut({ timeoutMs }: Asked): Answer {
  const detail = `No answer within ${timeoutMs} ms.`
  return { kind: 'failure', reason: 'timeout', detail, response: null, durationMs: timeoutMs }
}

function unreachable({ random }: Asked): Answer {
  const detail = 'The receiver refused the connection (ECONNREFUSED).'
  return { kind: 'failure', reason: 'connect', detail, response: null, durationMs: random.between(1, 9) }
}

function reset({ random }: Asked): Answer {
  const detail = 'The connection broke before an answer came (ECONNRESET).'
  return { kind: 'failure', reason: 'reset', detail, response: null, durationMs: random.between(15, 900) }
}
