import { expect, test } from 'vitest'
import { percentiles } from './percentiles.ts'
import { formatTable, rowsOf } from './table.ts'
import { judge } from './targets.ts'

const rate = (perSecond: number, cpuMicros: number | null) => ({ perSecond, cpuMicros })

test('a gate is reached at its own value, from the good side only', () => {
  const more = { gate: 0.2, goal: 0.3, better: 'more' } as const
  expect([0.19, 0.2, 0.3].map((value) => judge(value, more))).toEqual(['missed', 'gate', 'goal'])
  const less = { gate: 20, goal: 10, better: 'less' } as const
  expect([20.1, 20, 10].map((value) => judge(value, less))).toEqual(['missed', 'gate', 'goal'])
  expect(judge(NaN, less)).toBe('missed')
})

test('percentiles are values that were seen, whatever their order', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index)
  expect(percentiles(values)).toEqual({ p50: 100, p99: 198 })
  expect(percentiles([5])).toEqual({ p50: 5, p99: 5 })
})

test('ratios are judged, and a cost that the system does not tell is left out', () => {
  const rows = rowsOf('sqlite', {
    events: { server: rate(2000, 60), bare: rate(10_000, 20) },
    records: { server: rate(1000, null), bare: rate(10_000, 20) },
  })
  expect(rows.map(({ what, measured, verdict }) => [what, measured, verdict])).toEqual([
    ['SQLite: one to one by events, deliveries ÷ bare', '0.200', 'missed'],
    ['SQLite: one to one by events, CPU ÷ bare', '3.00', 'gate'],
    ['SQLite: one to one by record writes, deliveries ÷ bare', '0.100', null],
    ['SQLite: record writes ÷ events', '0.500', 'missed'],
  ])
  expect(formatTable(rows).split('\n')).toHaveLength(6)
})

test('what others cost an event is a ratio of CPU or of p99, with both sides beside it', () => {
  const rows = rowsOf('postgres', {
    elsewhere: { few: rate(5000, 100), many: rate(4000, 140) },
    isolation: { without: { p50: 1, p99: 4 }, hanging: { p50: 2, p99: 5 } },
  })
  expect(rows.map(({ what, measured, detail, verdict }) => [what, measured, detail, verdict])).toEqual([
    [
      'PostgreSQL: CPU per event with 10,000 webhooks elsewhere ÷ with 10',
      '1.40',
      '140.0 ÷ 100.0 µs; 4,000, 5,000 per second',
      'missed',
    ],
    [
      'PostgreSQL: p99 while 1 of 100 receivers hangs with 100,000 queued ÷ without',
      '1.25',
      '5.0 ÷ 4.0 ms; p50 2.0, 1.0 ms',
      'goal',
    ],
  ])
  expect(rowsOf('sqlite', { elsewhere: { few: rate(5000, null), many: rate(4000, null) } })).toEqual([])
})
