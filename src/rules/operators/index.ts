/**
 * All comparisons that conditions can make, in the order in which forms offer them. A new one is a file here and a line below.
 *
 * A field without a value satisfies only `!=`, `doesNotContain`, `notIn`, `null` and `hasNone`. The transitions compare the
 * field before and after the write instead.
 */
import type { Operator } from '../operator.ts'
import { becameEmpty, becameSet } from './became.ts'
import { between } from './between.ts'
import { changed, changedFrom, changedTo, notChanged } from './changed.ts'
import { crossedAbove, crossedBelow } from './crossed.ts'
import { after, before } from './dates.ts'
import { isNotNull, isNull } from './empty.ts'
import { equals, notEquals } from './equals.ts'
import { decreased, increased } from './increased.ts'
import { hasAll, hasAny, hasNone } from './lists.ts'
import { movedBackward, movedForward } from './moved.ts'
import { isIn, isNotIn } from './one-of.ts'
import { atLeast, atMost, greater, less } from './order.ts'
import { today, withinLast, withinNext } from './relative-dates.ts'
import { afterStage, beforeStage } from './stage-order.ts'
import { beginsWith, contains, doesNotContain, endsWith } from './text-parts.ts'

export const operators: readonly Operator[] = [
  equals,
  notEquals,
  contains,
  doesNotContain,
  beginsWith,
  endsWith,
  isIn,
  isNotIn,
  less,
  atMost,
  greater,
  atLeast,
  between,
  before,
  after,
  today,
  withinLast,
  withinNext,
  beforeStage,
  afterStage,
  hasAny,
  hasAll,
  hasNone,
  isNull,
  isNotNull,
  changed,
  notChanged,
  changedTo,
  changedFrom,
  increased,
  decreased,
  crossedAbove,
  crossedBelow,
  movedForward,
  movedBackward,
  becameEmpty,
  becameSet,
]

const byName = new Map(operators.map((operator) => [operator.name, operator]))

export function findOperator(name: string): Operator | null {
  return byName.get(name) ?? null
}
