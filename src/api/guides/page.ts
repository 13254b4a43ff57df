/** A guide as a page without scripts: what it says, and at its side all the others. */
import type { Language, Text } from '../../model/index.ts'
import { escapeHtml, pageStyles, policyOf } from '../static-page.ts'
import {
  contentsName,
  type Guide,
  guideAddress,
  groupGuides,
  type Guides,
  type GuideText,
  partsOf,
  textIn,
} from './guides.ts'
import { type Heading, renderMarkdown } from './markdown.ts'

const styles = `${pageStyles}
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); font-size: .875rem; }
header a { text-decoration: none; } header .home { margin-inline-end: auto; font-weight: 700; font-size: 1rem; color: inherit; }
main { grid-column: 2; max-width: 54rem; } nav { grid-column: 1; grid-row: 1; padding-top: .5rem; }
nav a { color: inherit; } nav a:hover, header a:hover { text-decoration: underline; }
nav [aria-current] { font-weight: 600; color: var(--link); }
nav ul ul { margin: .15rem 0 .35rem; padding-inline-start: .75rem; border-inline-start: 1px solid var(--line); }
nav ul ul a { color: var(--quiet); }
.languages { margin: 0; color: var(--quiet); font-size: .875rem; }
h1 { margin: .5rem 0 1rem; line-height: 1.25; } h2 { margin: 2.5rem 0 .75rem; } h3 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
h4 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
h2, h3, h4 { line-height: 1.3; scroll-margin-top: 1rem; } :is(h2, h3, h4) > a { color: inherit; text-decoration: none; } :is(h2, h3, h4) > a:hover { text-decoration: underline; }
main { overflow-wrap: break-word; } main li { margin: .25rem 0; }
:not(pre) > code { padding: .1em .3em; background: var(--soft); border-radius: 4px; overflow-wrap: anywhere; }
pre { margin: 1rem 0; } .wide { margin: 1rem 0; overflow-x: auto; } td code { overflow-wrap: normal; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); color: var(--quiet); }
@media (max-width: 50rem) { .layout { display: block; } nav { position: static; height: auto; border-right: 0; border-top: 1px solid var(--line); } main { padding: 1rem 1rem 3rem; } header { padding: .75rem 1rem; } }
`

export const guidePagePolicy = policyOf(styles)

const words = {
  guides: { en: 'Guides', ru: 'Руководства', pl: 'Przewodniki', 'pt-BR': 'Guias' },
  reference: {
    en: 'API reference',
    ru: 'Справочник API',
    pl: 'Dokumentacja API',
    'pt-BR': 'Referência da API',
  },
  languages: {
    en: 'This guide in:',
    ru: 'Это руководство на языках:',
    pl: 'Ten przewodnik w językach:',
    'pt-BR': 'Este guia em:',
  },
} satisfies Record<string, Text>

/** Files of the repository that guides speak of, and where the server has what is in them. */
const servedElsewhere: Record<string, string> = { '../openapi.json': '/docs' }

export interface Reader {
  language: Language
  /** The language stands in the address, and goes along with the links. */
  isAsked: boolean
}

export function guidePage(guides: Guides, guide: Guide, reader: Reader): string {
  const { language } = reader
  const text = textIn(guide, language)
  const along = reader.isAsked ? language : null
  const { html, headings } = renderMarkdown(text.markdown, (target) => hrefOf(target, guides, along))
  const contents = textIn(guides.get(contentsName)!, language)
  const sections = guide.name === contentsName ? [] : headings.filter(({ depth }) => depth === 2)
  const link = (one: Guide) => menuItem(one, guide, sections, language, along)
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeHtml(text.title)} · Hookline</title><style>${styles}</style></head><body>` +
    `<header><a class="home" href="/">Hookline</a><a href="${escapeHtml(guideAddress(contentsName, along))}">${words.guides[language]}</a>` +
    `<a href="/docs">${words.reference[language]}</a></header><div class="layout">` +
    `<main lang="${text.language}">${otherLanguages(guide, text, language)}${html}</main>` +
    `<nav aria-label="${words.guides[language]}">${menu(guides, contents, link)}</nav>` +
    `</div></body></html>`
  )
}

/** Where a link of a guide leads on its page; null where there is nothing on this server. */
function hrefOf(target: string, guides: Guides, along: Language | null): string | null {
  if (/^(https?:\/\/|#)/.test(target)) return target
  const [file = '', anchor] = target.split('#', 2)
  const parts = partsOf(file)
  const guide = parts && guides.get(parts.name)
  if (!guide) return servedElsewhere[file] ?? null
  const language = guide.texts.length > 1 ? (parts.language ?? along) : along
  return guideAddress(guide.name, language) + (anchor === undefined ? '' : `#${anchor}`)
}

function menu(all: Guides, contents: GuideText, link: (guide: Guide) => string): string {
  return groupGuides(all, contents.markdown)
    .map(
      ({ title, guides }) =>
        `<h2 lang="${contents.language}">${escapeHtml(title)}</h2><ul>${guides.map(link).join('')}</ul>`,
    )
    .join('')
}

function menuItem(
  guide: Guide,
  current: Guide,
  sections: Heading[],
  language: Language,
  along: Language | null,
): string {
  const text = textIn(guide, language)
  const isCurrent = guide.name === current.name
  const inner = isCurrent
    ? sections.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
    : []
  return (
    `<li lang="${text.language}"><a href="${escapeHtml(guideAddress(guide.name, along))}"${isCurrent ? ' aria-current="page"' : ''}>` +
    `${escapeHtml(text.title)}</a>${inner.length > 0 ? `<ul>${inner.join('')}</ul>` : ''}</li>`
  )
}

/** Each language by its own name. */
function otherLanguages({ name, texts }: Guide, shown: GuideText, language: Language): string {
  if (texts.length === 1) return ''
  const links = texts.map((text) => {
    const said = `lang="${text.language}">${new Intl.DisplayNames(text.language, { type: 'language' }).of(text.language)}`
    if (text === shown) return `<span aria-current="true" ${said}</span>`
    const href = escapeHtml(guideAddress(name, text.language))
    return `<a href="${href}" hreflang="${text.language}" ${said}</a>`
  })
  return `<p class="languages" lang="${language}">${words.languages[language]} ${links.join(' · ')}</p>`
}
