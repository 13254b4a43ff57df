import type { Format } from '../../data/catalogue.ts'

/** The format to use with the method: the one that is set where the method can carry it, else the first that it can. */
export function formatFor(
  method: string,
  current: string,
  formats: readonly Pick<Format, 'name' | 'methods'>[],
): string {
  const carries = (format: Pick<Format, 'methods'> | undefined) => format?.methods.includes(method) ?? false
  if (carries(formats.find(({ name }) => name === current))) return current
  return formats.find(carries)?.name ?? current
}
