/** The numbers of DESIGN §10 that this benchmark measures: `gate` must be reached, `goal` is near what one thread can do. */
export interface Target {
  gate: number
  goal: number
  /** Which side of the number is the good one. */
  better: 'more' | 'less'
}

export type StoreName = 'sqlite' | 'postgres'

interface StoreTargets {
  oneToOne: Target
  oneToOneCpu: Target | null
  oneToTen: Target
  oneToTenCpu: Target | null
  recordsToEvents: Target
  p99Ms: Target
  elsewhere: Target
  isolation: Target
  keptRate: Target
  keptPageMs: Target
}

const more = (gate: number, goal: number): Target => ({ gate, goal, better: 'more' })
const less = (gate: number, goal: number): Target => ({ gate, goal, better: 'less' })

export const targets: Record<StoreName, StoreTargets> = {
  sqlite: {
    oneToOne: more(0.22, 0.3),
    oneToOneCpu: less(3, 2.2),
    oneToTen: more(0.4, 0.55),
    oneToTenCpu: less(2, 1.6),
    recordsToEvents: more(0.7, 0.85),
    p99Ms: less(20, 10),
    elsewhere: less(1.3, 1.1),
    isolation: less(2, 1.3),
    keptRate: more(0.8, 0.95),
    keptPageMs: less(100, 30),
  },
  postgres: {
    oneToOne: more(0.1, 0.15),
    oneToOneCpu: null,
    oneToTen: more(0.2, 0.3),
    oneToTenCpu: null,
    recordsToEvents: more(0.7, 0.85),
    p99Ms: less(40, 25),
    elsewhere: less(1.3, 1.1),
    isolation: less(2, 1.3),
    keptRate: more(0.8, 0.95),
    keptPageMs: less(100, 30),
  },
}

export type Verdict = 'goal' | 'gate' | 'missed'

export function judge(value: number, { gate, goal, better }: Target): Verdict {
  const reaches = (bound: number) => (better === 'more' ? value >= bound : value <= bound)
  return reaches(goal) ? 'goal' : reaches(gate) ? 'gate' : 'missed'
}
