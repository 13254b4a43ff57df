import { type Liquid, LiquidError, type Template } from 'liquidjs'
import type { CrmEvent, JsonObject, PathContext, ProblemDetail } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { fieldPathProblem } from './field-path.ts'
import { tooLarge } from './form.ts'
import { defineFormat, type KeyMeaning, renderedCharactersMax } from './format.ts'
import { findJsonMistake } from './json-mistake.ts'
import { createEngine, templateCharactersMax } from './liquid-engine.ts'
import { RenderError } from './render-error.ts'

const engine: Liquid = createEngine()
const compiled = new WeakMap<JsonObject, Template[]>()

/** RFC 9110 §8.3.1: type/subtype, and parameters whose values are tokens or quoted. */
const contentTypePattern =
  /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+(?: *; *[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*"))*$/
const jsonType = /^(?:application\/json|[^;]+\+json) *(?:;|$)/i

const startingTemplate = '{"event": {{ event.type | json }}, "id": {{ record.id | json }}}'

/**
 * A body that the user writes in Liquid (https://liquidjs.com/tags/overview.html). Variables have the names of field paths:
 * `event`, `record`, `current`, `previous`, `data`, `actor`, `webhook`, `account`, and related things by name (`contact.email`).
 * A missing one is empty, and null through the filter `json`. Where the content type is JSON, the result must be JSON.
 */
export const template = defineFormat({
  name: 'template',
  title: { en: 'Template', ru: 'Шаблон', pl: 'Szablon', 'pt-BR': 'Modelo' },
  description: {
    en: 'A body that you write yourself in Liquid, of any content type. Use {{ current.name | json }} inside JSON.',
    ru: 'Тело запроса, которое вы пишете сами на языке Liquid, с любым типом содержимого. Внутри JSON пишите {{ current.name | json }}.',
    pl: 'Treść, którą piszesz samodzielnie w języku Liquid, dowolnego typu. Wewnątrz JSON pisz {{ current.name | json }}.',
    'pt-BR':
      'Um corpo que você mesmo escreve em Liquid, de qualquer tipo de conteúdo. Dentro de JSON, use {{ current.name | json }}.',
  },
  methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  options: [
    {
      name: 'content_type',
      title: {
        en: 'Content type',
        ru: 'Тип содержимого',
        pl: 'Typ zawartości',
        'pt-BR': 'Tipo de conteúdo',
      },
      type: 'text',
      default: 'application/json',
      min: 1,
      max: 200,
    },
    {
      name: 'template',
      title: { en: 'Template', ru: 'Шаблон', pl: 'Szablon', 'pt-BR': 'Modelo' },
      type: 'text',
      default: startingTemplate,
      min: 1,
      max: templateCharactersMax,
    },
  ],
  check: (options) => [...checkContentType(options), ...checkTemplate(options)],
  warnings: (options) => (checkTemplate(options).length > 0 ? [] : pathWarnings(options)),
  explain: (key, options) => placeholderBehind(options['template'] as string, key),
  render: ({ event, context, options }) => {
    const contentType = options['content_type'] as string
    const body = renderBody(options, event, context)
    if (body.length > renderedCharactersMax) throw tooLarge()
    const mistake = jsonType.test(contentType) ? findJsonMistake(body) : null
    if (mistake) {
      const { line, column } = mistake
      throw new RenderError(
        `With this event the template gives no JSON: look at line ${line}, column ${column} of the result. Fields need the filter json: {{ current.name | json }}.`,
      )
    }
    return { contentType, body, query: [] }
  },
  examples: [
    {
      title: 'A message for a chat: text with a quote or a line break stays JSON through the filter json',
      input: {
        event: exampleEvent({ current: { name: 'The "big" one', price: 12000 } }),
        options: {
          content_type: 'application/json',
          template:
            '{% capture text %}{{ current.name }} is now in {{ stage.name }}{% if current.price > 10000 %}: {{ current.price }}{% endif %}{% endcapture %}{"text": {{ text | json }}, "phone": {{ contact.phone | json }}}',
        },
        method: 'POST',
      },
      rendered: {
        contentType: 'application/json',
        body: '{"text": "The \\"big\\" one is now in Won: 12000", "phone": null}',
        query: [],
      },
    },
    {
      title: 'XML, with a list',
      input: {
        event: exampleEvent(),
        options: {
          content_type: 'application/xml; charset=utf-8',
          template:
            '<deal id="{{ record.id | escape }}" at="{{ event.occurred_at | date: "%Y-%m-%d" }}">{% for tag in current.tags %}<tag>{{ tag | escape }}</tag>{% endfor %}</deal>',
        },
        method: 'PUT',
      },
      rendered: {
        contentType: 'application/xml; charset=utf-8',
        body: '<deal id="4831596" at="2026-11-20"><tag>vip</tag><tag>ö &amp; co</tag></deal>',
        query: [],
      },
    },
  ],
})

function renderBody(options: JsonObject, event: CrmEvent, context: Required<PathContext>): string {
  try {
    let templates = compiled.get(options)
    if (!templates) compiled.set(options, (templates = engine.parse(options['template'] as string)))
    return engine.renderSync(templates, scopeOf(event, context)) as string
  } catch (error) {
    const [{ where, what }] = mistakesIn(error) as [Mistake]
    throw new RenderError(`The template fails with this event${where}: ${what}.`)
  }
}

/** The roots of field paths; related things stand beside them and hide none. */
function scopeOf(event: CrmEvent, { webhook, account }: Required<PathContext>): object {
  const { id, type, external_id, occurred_at, received_at, sequence, source, bulk, correlation_id } = event
  const { record, current, previous, data, actor } = event
  return {
    ...event.related,
    event: { id, type, external_id, occurred_at, received_at, sequence, source, bulk, correlation_id },
    record,
    current,
    previous,
    data,
    actor,
    webhook,
    account,
  }
}

interface Mistake {
  /** ` at line 2, column 5`, or nothing where it is not known. */
  where: string
  what: string
}

/** What Liquid says, in a form that can stand inside a sentence; at least one. */
function mistakesIn(error: unknown): Mistake[] {
  if (error instanceof RangeError) return [{ where: '', what: 'it is nested too deeply' }]
  if (!LiquidError.is(error)) return [{ where: '', what: error instanceof Error ? error.message : 'unknown' }]
  const { errors } = error as LiquidError & { errors?: LiquidError[] }
  if (errors) return errors.flatMap(mistakesIn)
  const [line, column] = error.token.getPosition()
  const what = (error.originalError?.message ?? error.message).replace(/, line:\d+, col:\d+$/, '')
  return [{ where: ` at line ${line}, column ${column}`, what: limits.get(what) ?? what }]
}

const limits = new Map([
  ['memory alloc limit exceeded', 'it does too much; shorten its loops, or send less'],
  ['template render limit exceeded', 'it takes too long; shorten its loops, or send less'],
])

function checkContentType(options: JsonObject): ProblemDetail[] {
  if (contentTypePattern.test(options['content_type'] as string)) return []
  const message =
    'This is no content type. Write for example "application/json" or "text/plain; charset=utf-8".'
  return [{ path: 'content_type', code: 'bad_content_type', message }]
}

function checkTemplate(options: JsonObject): ProblemDetail[] {
  try {
    engine.parse(options['template'] as string)
    return []
  } catch (error) {
    return mistakesIn(error).map(({ where, what }) => ({
      path: 'template',
      code: 'bad_template',
      message: `The template cannot be read${where}: ${what}.`,
    }))
  }
}

const roots = new Set(['event', 'record', 'current', 'previous', 'data', 'actor', 'webhook', 'account'])

/** Names that lead nowhere are empty in Liquid, which is often a slip and sometimes meant. */
function pathWarnings(options: JsonObject): ProblemDetail[] {
  const segments = engine.globalVariableSegmentsSync(engine.parse(options['template'] as string))
  return segments.flatMap((parts) => {
    const [root, ...rest] = parts
    if (!parts.every((part) => typeof part === 'string') || (rest.length === 0 && roots.has(String(root))))
      return []
    const message = fieldPathProblem(parts.join('.'))
    return message === null ? [] : [{ path: 'template', code: 'bad_path', message }]
  })
}

/**
 * The field that the template writes behind this key, as JSON or as a form, where it is one field and nothing else. A key that
 * stands in several places is the first one.
 */
function placeholderBehind(template: string, key: string): KeyMeaning | null {
  const name = key
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .at(-1)
  if (name === undefined) return null
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const behind = new RegExp(`(?:"${escaped}"\\s*:\\s*"?|(?:^|&)${escaped}=)\\{\\{-?\\s*([\\w.]+)`)
  const field = behind.exec(template)?.[1]
  return field?.includes('.') ? { field } : null
}
