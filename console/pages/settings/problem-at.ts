import { ApiProblem } from '../../data/client.ts'
import { detailText } from '../../parts/problem/text.ts'

/** What is wrong with the value at a path of the API; undefined where nothing is. */
export function problemAt(
  problem: Error | null,
  path: string,
  t: Parameters<typeof detailText>[1],
): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  const detail = problem.errors.find((one) => one.path === path)
  return detail && detailText(detail, t)
}

/** Whether every mistake stands at one of these paths, so that nothing is left to say above the form. */
export function isShownAt(problem: Error | null, paths: readonly string[]): boolean {
  return (
    problem instanceof ApiProblem &&
    problem.errors.length > 0 &&
    problem.errors.every(({ path }) => paths.includes(path))
  )
}
