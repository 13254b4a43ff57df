import type { Random } from './random.ts'

const latin: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu',
  я: 'ya', ł: 'l',
} // prettier-ignore

/** Words of a name as an address can hold them. */
function wordsOf(name: string): string[] {
  const plain = Array.from(name.normalize('NFC').toLowerCase(), (letter) => latin[letter] ?? letter).join('')
  return plain
    .normalize('NFD')
    .replaceAll(/\p{Mn}|[’'«»„”.]/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

/** The longest of the first words says most: `severnyy.example`. All end in a name that nobody can own. */
export function domainOf(company: string): string {
  const [longest = 'firm'] = wordsOf(company)
    .slice(0, 3)
    .toSorted((a, b) => b.length - a.length)
  return `${longest}.example`
}

export function emailOf(person: string, domain: string): string {
  const words = wordsOf(person)
  return `${words[0]}.${words.at(-1)}@${domain}`
}

export function phoneOf(pattern: string, random: Random): string {
  return pattern.replaceAll('#', () => String(random.between(0, 9)))
}
