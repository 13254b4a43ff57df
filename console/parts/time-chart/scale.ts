/** The least round number that is not below the greatest value: 1, 2, 4, 5, 8, 10, 20, 40… */
export function niceTop(most: number): number {
  if (most <= 4) return 4
  const size = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 5, 8, 10].map((factor) => factor * size).find((top) => top >= most)!
}

/** Five lines from 0 to the top, or fewer where they would not be whole. */
export function ticksUpTo(top: number): number[] {
  const parts = [4, 5, 2].find((parts) => Number.isInteger(top / parts)) ?? 1
  return Array.from({ length: parts + 1 }, (_, index) => (top / parts) * index)
}

/** A path through the points; where one is missing the line ends and begins again. A point alone is a short dash. */
export function linePath(points: [x: number, y: number | null][]): string {
  let path = ''
  points.forEach(([x, y], index) => {
    if (y === null) return
    const [before, after] = [points[index - 1]?.[1] ?? null, points[index + 1]?.[1] ?? null]
    if (before === null && after === null) path += `M${x - 2} ${y}H${x + 2}`
    else path += `${before === null ? 'M' : 'L'}${x} ${y}`
  })
  return path
}
