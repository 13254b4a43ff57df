import { expect, test } from 'vitest'
import { renderMarkdown } from './markdown.ts'

const nowhere = () => null
const html = (markdown: string, hrefOf: (target: string) => string | null = nowhere) =>
  renderMarkdown(markdown, hrefOf).html

test('HTML is shown as text, in blocks, lines, code and links', () => {
  const evil = '<img src=x onerror=alert(1)>'
  for (const markdown of [
    `<script>alert(1)</script>`,
    evil,
    `A line ${evil}`,
    `# ${evil}`,
    `## ${evil}`,
    `\`${evil}\``,
    `\`\`\`${evil}\n${evil}\n\`\`\``,
    `[${evil}](x.md "${evil}")`,
    `![${evil}](x.png "${evil}")`,
    `| ${evil} |\n| --- |\n| ${evil} |`,
  ]) {
    expect(html(markdown, (target) => target)).not.toMatch(/<(script|img)/)
  }
})

test('a link leads where it is told to, or is only its words', () => {
  const hrefOf = (target: string) => (target === 'a.md' ? '/docs?x=1&y="2"' : null)
  expect(html('[A **b**](a.md), [c](javascript:alert(1)), <https://d.example>', hrefOf)).toBe(
    '<p><a href="/docs?x=1&amp;y=&quot;2&quot;">A <strong>b</strong></a>, c, https://d.example</p>\n',
  )
})

test('headings below the first are addresses, as GitHub names them', () => {
  const { headings } = renderMarkdown(
    '# Title\n\n## `standard`: Standard Webhooks\n\n## Как создать вебхук?\n\n### Examples\n\n### Examples\n\n### R & D\n\n### `<=`\n\n### `>`',
    nowhere,
  )
  expect(headings.map(({ depth, id, text }) => [depth, id, text])).toEqual([
    [1, 'title', 'Title'],
    [2, 'standard-standard-webhooks', 'standard: Standard Webhooks'],
    [2, 'как-создать-вебхук', 'Как создать вебхук?'],
    [3, 'examples', 'Examples'],
    [3, 'examples-1', 'Examples'],
    [3, 'r--d', 'R & D'],
    [3, 'section', '<='],
    [3, 'section-1', '>'],
  ])
  expect(html('# One\n\n## Two')).toBe('<h1>One</h1>\n<h2 id="two"><a href="#two">Two</a></h2>\n')
})

test('code stays as it is written', () => {
  expect(html('```js\nif (a < b && "c") go()\n```')).toBe(
    '<pre tabindex="0"><code>if (a &lt; b &amp;&amp; &quot;c&quot;) go()</code></pre>\n',
  )
})
