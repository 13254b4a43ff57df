/** A snake_case name for a field that is sent: `contact.email` → `contact_email`; another one where it is taken. */
export function paramNameOf(path: string, taken: readonly string[]): string {
  const [root = '', ...rest] = path.split('.')
  const parts =
    root === 'current' || root === 'data' || root === 'record'
      ? rest
      : root === 'previous'
        ? ['old', ...rest]
        : [root, ...rest]
  const name =
    parts
      .join('_')
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'param'
  const safe = /^[a-z]/.test(name) ? name : `p_${name}`
  let free = safe
  for (let number = 2; taken.includes(free); number++) free = `${safe}_${number}`
  return free
}
