/** Markdown as a part of a page. The text is our own, and still no HTML of it passes: what looks like a tag is shown as text. */
import { Marked, Renderer } from 'marked'
import { escapeHtml } from '../static-page.ts'

export interface Heading {
  depth: number
  id: string
  text: string
}

export interface RenderedMarkdown {
  html: string
  headings: Heading[]
}

/** `hrefOf` says where a link leads on the page; where it says null, only the link's words are left. */
export function renderMarkdown(
  markdown: string,
  hrefOf: (target: string) => string | null,
): RenderedMarkdown {
  const headings: Heading[] = []
  const newId = idMaker()
  const marked = new Marked({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      image: ({ text }) => escapeHtml(text),
      // What is wider than the page scrolls by itself, also by keyboard.
      code: ({ text }) => `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`,
      table(token) {
        return `<div class="wide" tabindex="0">${Renderer.prototype.table.call(this, token)}</div>\n`
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens)
        const target = hrefOf(href)
        return target === null ? words : `<a href="${escapeHtml(target)}">${words}</a>`
      },
      heading({ tokens, depth }) {
        const text = this.parser.parseInline(tokens, this.parser.textRenderer)
        const id = newId(text)
        headings.push({ depth, id, text })
        const words = this.parser.parseInline(tokens)
        return depth === 1
          ? `<h1>${words}</h1>\n`
          : `<h${depth} id="${id}"><a href="#${id}">${words}</a></h${depth}>\n`
      },
    },
  })
  return { html: marked.parse(markdown, { async: false }), headings }
}

/** As GitHub names headings, so that a link to one leads there in both places. */
function idMaker(): (text: string) => string {
  const taken = new Map<string, number>()
  return (text) => {
    const words = text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '')
    // Of a sign such as `<=` nothing is left.
    const id = words.replace(/\s/g, '-') || 'section'
    const before = taken.get(id) ?? 0
    taken.set(id, before + 1)
    return before === 0 ? id : `${id}-${before}`
  }
}
