/** Where to go after signing in: a path of ours, never an address that somebody else put into the link. */
export function safePath(wanted: string | null): string {
  if (!wanted?.startsWith('/')) return '/'
  const home = 'http://here.invalid'
  try {
    const { origin, pathname, search } = new URL(wanted, home)
    return origin === home && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
  } catch {
    return '/'
  }
}
