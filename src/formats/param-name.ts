/** Letters that have no accent to strip: Russian as people write it in Latin letters, and the rest of Polish. */
const latin: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y',
  ь: '', э: 'e', ю: 'yu', я: 'ya', ł: 'l', ß: 'ss',
} // prettier-ignore

/** What JavaScript and its libraries read as the object's machinery: a receiver that merges it would be poisoned. */
const poisonous = new Set(['__proto__', 'constructor', 'prototype'])

/** null where a parameter may have this name, else what is wrong and what to write. */
export function paramNameProblem(name: string): { code: string; message: string } | null {
  const segments = name.split('.')
  if (!/^[A-Za-z0-9_.]+$/.test(name) || segments.includes('')) {
    return {
      code: 'bad_param_name',
      message: `A parameter's name has only Latin letters, digits, underscores, and dots between parts. Write for example "${suggestParamName(name)}".`,
    }
  }
  const refused = segments.find((segment) => poisonous.has(segment))
  if (refused === undefined) return null
  return {
    code: 'bad_param_name',
    message: `"${refused}" cannot be a part of a parameter's name, since many receivers cannot read it safely.`,
  }
}

export function isSnakeCase(name: string): boolean {
  return name.split('.').every((segment) => /^[a-z][a-z0-9_]*$/.test(segment))
}

/** A snake_case name that resembles this one: `Сумма сделки` → `summa_sdelki`, `dealId` → `deal_id`. */
export function suggestParamName(name: string): string {
  const segments = name.split('.').map((segment) =>
    segment
      // й would fall apart into и and an accent, so the table is asked before accents are stripped.
      .replace(/\p{L}/gu, (letter) => latinLetter(letter))
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '')
      .replace(/^(?=[0-9])/, 'p'),
  )
  return segments.filter((segment) => segment !== '').join('.') || 'param'
}

function latinLetter(letter: string): string {
  const lower = letter.toLowerCase()
  const replaced = latin[lower]
  if (replaced === undefined) return letter
  return letter === lower ? replaced : replaced.charAt(0).toUpperCase() + replaced.slice(1)
}
