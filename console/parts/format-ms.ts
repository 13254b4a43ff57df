/** How long something took: "84 ms", "11.9 s". */
export function formatMs(ms: number, language: string): string {
  const [unit, value, digits] =
    ms < 1000 ? (['millisecond', ms, 0] as const) : (['second', ms / 1000, 1] as const)
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value)
}
