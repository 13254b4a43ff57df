import { fewElsewhere, manyElsewhere, type Elsewhere } from './elsewhere.ts'
import { receiverCount } from './events.ts'
import { queuedCount, type Isolation } from './isolation.ts'
import type { Compared, Latency } from './measure.ts'
import type { Kept } from './kept.ts'
import { judge, targets, type StoreName, type Target, type Verdict } from './targets.ts'

/** What was measured on one store; what was not asked for is absent. */
export interface Results {
  events?: Compared
  records?: Compared
  ten?: Compared
  latency?: Latency
  elsewhere?: Elsewhere
  isolation?: Isolation
  kept?: Kept
}

export interface Row {
  what: string
  measured: string
  detail: string
  target: Target | null
  verdict: Verdict | null
}

const titles: Record<StoreName, string> = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Rows under one title, each judged against its target where it has one. */
function collect(title: string) {
  const rows: Row[] = []
  const add = (what: string, measured: string, detail: string, value = NaN, target: Target | null = null) =>
    rows.push({
      what: `${title}: ${what}`,
      measured,
      detail,
      target,
      verdict: target && judge(value, target),
    })
  const compare = (
    what: string,
    { server, bare }: Compared,
    share: Target | null = null,
    cpu: Target | null = null,
  ) => {
    const ratio = server.perSecond / bare.perSecond
    const rates = `${whole.format(server.perSecond)} ÷ ${whole.format(bare.perSecond)} per second`
    add(`${what}, deliveries ÷ bare`, ratio.toFixed(3), rates, ratio, share)
    if (server.cpuMicros === null || bare.cpuMicros === null) return
    const cpuRatio = server.cpuMicros / bare.cpuMicros
    const costs = `${server.cpuMicros.toFixed(1)} ÷ ${bare.cpuMicros.toFixed(1)} µs`
    add(`${what}, CPU ÷ bare`, cpuRatio.toFixed(2), costs, cpuRatio, cpu)
  }
  return { rows, add, compare }
}

/** What a server without a store reaches: the ceiling, so nothing to judge. */
export function rowsOfRelay({ events, ten }: Pick<Results, 'events' | 'ten'>): Row[] {
  const { rows, compare } = collect('relay')
  if (events) compare('one to one', events)
  if (ten) compare('one to ten', ten)
  return rows
}

/** The lines of the table for one store. */
export function rowsOf(store: StoreName, results: Results): Row[] {
  const { events, records, ten, latency, elsewhere, isolation, kept } = results
  const bounds = targets[store]
  const { rows, add, compare } = collect(titles[store])

  if (events) compare('one to one by events', events, bounds.oneToOne, bounds.oneToOneCpu)
  if (records) compare('one to one by record writes', records)
  if (events && records) {
    const ratio = records.server.perSecond / events.server.perSecond
    add('record writes ÷ events', ratio.toFixed(3), '', ratio, bounds.recordsToEvents)
  }
  if (ten) compare('one to ten', ten, bounds.oneToTen, bounds.oneToTenCpu)
  if (latency) {
    const { sinceReceived, sinceDue, sync } = latency
    const p50 = `p50 ${sinceReceived.p50.toFixed(1)} ms; fdatasync p50 ${sync.p50.toFixed(1)}, p99 ${sync.p99.toFixed(1)} ms`
    const { p99 } = sinceReceived
    add('commit → arrival at 1,000 events/s, p99', `${p99.toFixed(1)} ms`, p50, p99, bounds.p99Ms)
    const due = `p50 ${sinceDue.p50.toFixed(1)} ms`
    add('due → arrival, the request included, p99', `${sinceDue.p99.toFixed(1)} ms`, due)
  }
  // What the system does not tell is left out.
  const { few, many } = elsewhere ?? {}
  if (few && many && few.cpuMicros !== null && many.cpuMicros !== null) {
    const ratio = many.cpuMicros / few.cpuMicros
    const costs = `${many.cpuMicros.toFixed(1)} ÷ ${few.cpuMicros.toFixed(1)} µs; ${whole.format(many.perSecond)}, ${whole.format(few.perSecond)} per second`
    const what = `CPU per event with ${whole.format(manyElsewhere)} webhooks elsewhere ÷ with ${fewElsewhere}`
    add(what, ratio.toFixed(2), costs, ratio, bounds.elsewhere)
  }
  if (isolation) {
    const { hanging, without } = isolation
    const ratio = hanging.p99 / without.p99
    const p99 = `${hanging.p99.toFixed(1)} ÷ ${without.p99.toFixed(1)} ms; p50 ${hanging.p50.toFixed(1)}, ${without.p50.toFixed(1)} ms`
    const what = `p99 while 1 of ${receiverCount} receivers hangs with ${whole.format(queuedCount)} queued ÷ without`
    add(what, ratio.toFixed(2), p99, ratio, bounds.isolation)
  }
  if (kept) {
    const many = whole.format(kept.deliveries)
    const ratio = kept.kept.perSecond / kept.without.perSecond
    const rates = `${whole.format(kept.kept.perSecond)} ÷ ${whole.format(kept.without.perSecond)} per second`
    add(`rate with ${many} deliveries kept ÷ with none`, ratio.toFixed(2), rates, ratio, bounds.keptRate)
    const { p50, p99 } = kept.page
    const what = 'first page of history by webhook and state, p99'
    add(what, `${p99.toFixed(1)} ms`, `p50 ${p50.toFixed(1)} ms`, p99, bounds.keptPageMs)
    for (const { what, ms } of kept.others) add(`GET ${what}`, `${ms.toFixed(1)} ms`, 'once')
  }
  return rows
}

/** As a Markdown table. */
export function formatTable(rows: readonly Row[]): string {
  const cells = [
    ['what', 'measured', 'from', 'gate', 'goal', ''],
    ...rows.map(({ what, measured, detail, target, verdict }) => [
      what,
      measured,
      detail,
      target ? String(target.gate) : '',
      target ? String(target.goal) : '',
      verdict ?? '',
    ]),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)))
  const lines = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`,
  )
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  return lines.join('\n')
}
