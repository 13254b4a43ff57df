/** Finding an event type by any name that somebody knows it under: title, code, or the word of another system (`mail_in`). */
import type { Catalogue, EventType } from '../../data/catalogue.ts'

export interface EventOption {
  /** The type, or a pattern: `lead.*`, `*.stage_changed`, `*`. */
  value: string
  /** With its kind: "Lead: stage changed". */
  title: string
  /** Where the kind stands above it already: "Stage changed". */
  short: string
  description: string
  /** The kind, `any` or `system`. */
  group: string
  aliases: { system: string; name: string }[]
  /** What else people call the kind: "deal" for a lead. */
  also: string
}

export interface FoundEvent extends EventOption {
  /** The other system's word that was typed, where the titles do not hold it. */
  alias: { system: string; name: string } | null
}

/** The words for what has no title in the catalogue. */
export interface EventWords {
  also: (kind: string) => string
  every: string
  everyAbout: string
  ofKind: (plural: string) => string
  ofKindAbout: string
  anyKind: (action: string) => string
  anyKindAbout: string
}

type Known = Pick<Catalogue, 'events' | 'system_events' | 'kinds' | 'presets'>

/** Everything that a webhook can be for, in the order in which it is shown while nothing is typed. */
export function eventOptions(
  { events, system_events, kinds, presets }: Known,
  words: EventWords,
): EventOption[] {
  const brand = (system: string) =>
    presets.find((preset) => preset.system?.toLowerCase() === system)?.system ?? system
  const ofType = (event: EventType, kindTitle: string | undefined, group: string): EventOption => ({
    value: event.type,
    title: event.title,
    short: actionTitle(event.title, kindTitle),
    description: event.description,
    group,
    aliases: Object.entries(event.aliases).flatMap(([system, names]) =>
      names.map((name) => ({ system: brand(system), name })),
    ),
    also: words.also(group),
  })
  const pattern = (value: string, title: string, description: string, group: string): EventOption => ({
    value,
    title,
    short: title,
    description,
    group,
    aliases: [],
    also: words.also(group),
  })
  const ofKinds = kinds.flatMap(({ name, title, plural }) => {
    const own = events.filter(({ kind }) => kind === name).map((event) => ofType(event, title, name))
    const all = pattern(`${name}.*`, words.ofKind(plural), words.ofKindAbout, name)
    return own.length === 0 ? [] : [all, ...own]
  })
  return [
    ...ofKinds,
    pattern('*', words.every, words.everyAbout, 'any'),
    ...actionsOfMany(events).map((event) => {
      const kind = kinds.find(({ name }) => name === event.kind)
      const action = actionTitle(event.title, kind?.title)
      return pattern(`*.${event.action}`, words.anyKind(action), words.anyKindAbout, 'any')
    }),
    ...system_events.map((event) => ofType(event, undefined, 'system')),
  ]
}

/** One event type of each action that several kinds have. */
function actionsOfMany(events: EventType[]): EventType[] {
  const first = new Map<string, EventType>()
  const many = new Set<string>()
  for (const event of events) {
    if (first.has(event.action)) many.add(event.action)
    else first.set(event.action, event)
  }
  return [...first.values()].filter(({ action }) => many.has(action))
}

/** "Lead: stage changed" of "Lead" → "Stage changed". */
function actionTitle(title: string, kindTitle: string | undefined): string {
  if (kindTitle === undefined || !title.startsWith(`${kindTitle}: `)) return title
  const action = title.slice(kindTitle.length + 2)
  return action.charAt(0).toUpperCase() + action.slice(1)
}

/** Letters as people type them: without accents, small. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l')
}

/** The score of what only the description holds: names that hold the words are above it, those that hold a part of one below. */
const byDescription = 1

/** Those that hold every word of what was typed, best first; all of them, in their order, where nothing was typed. */
export function searchEvents(options: readonly EventOption[], typed: string): FoundEvent[] {
  const query = fold(typed).trim()
  if (query === '') return options.map((option) => ({ ...option, alias: null }))
  const found = options.flatMap((option) => {
    const judged = judge(option, query)
    return judged === null ? [] : [{ ...judged, option }]
  })
  // What only a description says is shown where no name holds it.
  const isNamed = found.some(({ score }) => score > byDescription)
  return found
    .filter(({ score }) => !isNamed || score !== byDescription)
    .toSorted((a, b) => b.score - a.score)
    .map(({ option, alias }) => ({ ...option, alias }))
}

function judge(option: EventOption, query: string): { score: number; alias: FoundEvent['alias'] } | null {
  const words = query.split(/\s+/)
  const own = [fold(option.title), fold(option.value)]
  const also = fold(option.also)
  const about = [own[0], also, fold(option.description)].join(' ')
  const aliases = option.aliases.map((alias) => ({
    alias,
    text: fold(alias.name),
    whole: fold(`${alias.system} ${alias.name}`),
  }))
  const withKind = closeness([...own, also].join(' '), words)
  // A little less: the title's own word goes first.
  const ofOwn = Math.max(closeness(own.join(' '), words), withKind * 0.9)
  const ofAlias = aliases
    .map(({ alias, text, whole }) => ({ alias, score: text === query ? 100 : closeness(whole, words) }))
    .toSorted((a, b) => b.score - a.score)[0]
  const score = own.includes(query) ? 100 : ofOwn
  if (ofAlias && ofAlias.score > score) return { score: ofAlias.score, alias: ofAlias.alias }
  if (score > byDescription) {
    const isPattern = option.value.includes('*') && !query.includes('*')
    return { score: isPattern ? score - 1 : score, alias: null }
  }
  // What the description says: "wrote", "threshold", "moved".
  const isAbout = words.every((word) => word.length > 2 && startsAWord(about, word))
  if (isAbout) return { score: byDescription, alias: null }
  return score > 0 ? { score, alias: null } : null
}

/**
 * How well the text holds the words: 0 where one is missing, from 20 on where each begins a word of the text, and below
 * `byDescription` where one stands only inside a word, as "moved" in "removed".
 */
function closeness(text: string, words: string[]): number {
  let isInside = false
  for (const word of words) {
    if (startsAWord(text, word)) continue
    if (word.length < 2 || !text.includes(word)) return 0
    isInside = true
  }
  // A short text is filled by the words, a long one only touched.
  const filled = Math.min(9, (words.join('').length / text.length) * 10)
  return isInside ? filled / 10 : 20 + Math.round(filled)
}

function startsAWord(text: string, word: string): boolean {
  return ` ${text.replaceAll(/[.:()_,«»"]/g, ' ')}`.includes(` ${word.replaceAll(/[.:()_,«»"]/g, ' ')}`)
}
