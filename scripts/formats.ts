/** Makes docs/guide/formats.md from the formats' own descriptions and examples. */
import { formats } from '../src/formats/index.ts'
import type { Format } from '../src/formats/index.ts'
import type { Json, OptionDescription } from '../src/model/index.ts'
import { code, table, writeOrCheck } from './generated.ts'

function optionRows(options: readonly OptionDescription[], prefix = ''): string[][] {
  return options.flatMap((option) => {
    const name = prefix + option.name
    const choices = option.choices?.map(({ value, title }) => `${code(value)} (${title.en})`).join(', ')
    const fallback = option.default === undefined ? '' : code(JSON.stringify(option.default))
    return [
      [code(name), option.title.en, choices ?? option.type, option.required ? 'required' : fallback],
      ...optionRows(option.columns ?? [], `${name}[].`),
    ]
  })
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

/** Objects that hold no others stand in one line: rows of parameters stay rows. */
function pretty(value: Json): string {
  return JSON.stringify(value, null, 2).replaceAll(/[[{][^[\]{}]*[\]}]/g, (flat) => {
    const line = flat.replaceAll(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']')
    return line.length <= 110 ? line : flat
  })
}

function body({ contentType, body }: Format['examples'][number]['rendered']): string[] {
  if (body === null) return ['An empty body.']
  const json = contentType === 'application/json'
  // Raw digits of ids may be more than a number can hold. Such a body is shown as it is.
  const shown = json && JSON.stringify(JSON.parse(body)) === body ? pretty(JSON.parse(body)) : body
  return [`A body of type ${code(contentType ?? 'none')}:`, block(json ? 'json' : 'text', shown)]
}

function example({ title, input, rendered }: Format['examples'][number]): string {
  const query = rendered.query.map(([name, value]) => [code(name), value === '' ? '(empty)' : code(value)])
  return [
    `#### ${title}`,
    `${code(input.event.type)}, sent by ${input.method}. Options:`,
    block('json', pretty(input.options)),
    'Sent:',
    ...body(rendered),
    ...(query.length > 0
      ? ['Added to the query of the URL, percent-encoded:', table(['Name', 'Value'], query)]
      : []),
  ].join('\n\n')
}

function section(format: Format): string {
  const options =
    format.options.length === 0
      ? ['It has no options.']
      : [table(['Option', 'What it is', 'Type or choices', 'Default'], optionRows(format.options))]
  return [
    `## ${code(format.name)}: ${format.title.en}`,
    format.description.en,
    `Methods: ${format.methods.join(', ')}.`,
    ...options,
    '### Examples',
    ...format.examples.map(example),
  ].join('\n\n')
}

writeOrCheck(
  'docs/guide/formats.md',
  `# Formats

A format says how an event becomes a request. A webhook names it in \`request.format\` and sets it up in \`request.options\`.
Every example below is also a test. Where it says nothing else, it starts from the same lead, which goes from stage 16203334 to
16203337.

${formats.map(section).join('\n\n')}

This page is made from \`src/formats/\` by \`npm run docs:write\`.
`,
)
