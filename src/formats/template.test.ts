import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOptions, type CrmEvent, type Fields } from '../model/index.ts'
import { exampleEvent } from './example-event.ts'
import { costMax } from './liquid-budget.ts'
import { templateCharactersMax } from './liquid-engine.ts'
import { RenderError } from './render-error.ts'
import { template } from './template.ts'

const context = {
  webhook: { id: 'whk_1', name: 'Hook', description: 'For tests' },
  account: { id: 'acc_1', subdomain: 'acme' },
}

const optionsOf = (source: string, contentType = 'text/plain') => ({
  content_type: contentType,
  template: source,
})

function render(source: string, changes: Partial<CrmEvent> = {}, contentType?: string): string {
  const options = optionsOf(source, contentType)
  return template.render({ event: exampleEvent(changes), context, options, method: 'POST' }).body!
}

const withFields = (current: Fields) => ({ current })
const problems = (source: string) => template.check!(optionsOf(source)).map(({ message }) => message)
const warnings = (source: string) => template.warnings!(optionsOf(source)).map(({ message }) => message)

describe('variables', () => {
  test.each([
    [
      '{{ event.type }} {{ event.id }} {{ event.sequence }} {{ event.bulk }}',
      'lead.stage_changed evt_01 7 false',
    ],
    ['{{ record.kind }} {{ record.id }}', 'lead 4831596'],
    ['{{ current.price }} {{ previous.stage_id }} {{ data.old_stage_id }}', '12000 16203334 16203334'],
    ['{{ actor.kind }} {{ webhook.name }} {{ account.subdomain }}', 'user Hook acme'],
    ['{{ stage.name }} {{ old_stage.name }} {{ contact.email }}', 'Won Offer ann@acme.example'],
    ['{{ current.tags | join: ", " }}', 'vip, ö & co'],
    ['[{{ current.nothing }}{{ nobody.name }}{{ contact.phone }}]', '[]'],
    ['{{ contact }}', '{"email":"ann@acme.example"}'],
    ['{{ event.occurred_at | date: "%d.%m.%Y %H:%M %z" }}', '20.11.2026 09:00 +0000'],
    ['{{ "now" | date: "%Y-%m-%dT%H:%M:%S" }}', '2026-11-20T09:00:00'],
    ['{% case record.kind %}{% when "deal", "lead" %}yes{% else %}no{% endcase %}', 'yes'],
    ['{% if current.price >= 12000 and current.name contains "ACME" %}big{% endif %}', 'big'],
    ['{{ current.tags | map: "x" | compact | size }}', '0'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  test('a related thing hides no root', () => {
    expect(render('{{ current.name }}', { related: { current: { name: 'fake' } } })).toBe('Deal with ACME')
  })

  test('a field whose name has dots', () => {
    expect(render('{{ current["utm.source"] }}', withFields({ 'utm.source': 'ad' }))).toBe('ad')
  })
})

describe('JSON', () => {
  const json = (source: string, current: Fields = {}) => render(source, { current }, 'application/json')

  test('a missing value is null, text keeps its quotes and line breaks', () => {
    const body = json('{"a": {{ current.a | json }}, "b": {{ current.b | json }}}', { b: '"\n\u2028' })
    expect(JSON.parse(body)).toEqual({ a: null, b: '"\n\u2028' })
  })

  test('a result that is no JSON says where', () => {
    const source = '{\n  "a": {{ current.a }}\n}'
    expect(() => json(source, { a: 'Ann' })).toThrow('line 2, column 8')
    expect(() => json(source, { a: 'Ann' })).toThrow(RenderError)
    expect(json(source, { a: 5 })).toBe('{\n  "a": 5\n}')
  })

  test.each(['application/json', 'application/vnd.api+json', 'Application/JSON; charset=utf-8'])(
    '%s must be JSON',
    (contentType) => {
      expect(() => render('x', {}, contentType)).toThrow('no JSON')
    },
  )

  test('other types may be anything', () => {
    expect(render('x', {}, 'application/jsonlines')).toBe('x')
  })
})

describe('what is found when it is saved', () => {
  test.each([
    ['{{ current.name ', 1, 1],
    ['a\n  {% if current.name %}x', 2, 3],
    ['{{ current.name | nonsense }}', 1, 1],
    ['{% nonsense %}', 1, 1],
    ['{% for x current.tags %}{% endfor %}', 1, 1],
  ])('%j, at line %i, column %i', (source, line, column) => {
    expect(problems(source)).toEqual([expect.stringContaining(`at line ${line}, column ${column}: `)])
  })

  test.each([
    ['application/json', true],
    ['text/plain; charset=utf-8', true],
    ['multipart/x; boundary="a b"', true],
    ['json', false],
    ['text/plain; charset', false],
    ['text/plain\r\nX-Evil: 1', false],
    ['text/plain;\ncharset=utf-8', false],
    ['text/ plain', false],
    ['text/plain; a="\u00e9"', false],
  ])('content type %j', (contentType, isGood) => {
    const codes = template.check!(optionsOf('x', contentType)).map(({ path, code }) => `${path} ${code}`)
    expect(codes).toEqual(isGood ? [] : ['content_type bad_content_type'])
  })

  test('a template that is longer than a template should be', () => {
    const { errors } = checkOptions(template.options, { template: 'x'.repeat(templateCharactersMax + 1) }, '')
    expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual(['template too_long'])
  })

  test('names that lead nowhere are a warning', () => {
    expect(warnings('{{ price }}')).toEqual([expect.stringContaining('"current.price"')])
    expect(warnings('{{ event.tpye }}')).toEqual([expect.stringContaining('"event.tpye"')])
    expect(
      warnings(
        '{% assign x = current.a %}{{ x }}{{ current | json }}{% for t in current.tags %}{{ t }}{{ forloop.index }}{% endfor %}{{ contact.email }}{{ current["a b"] }}',
      ),
    ).toEqual([])
  })
})

describe('there is no way out', () => {
  test.each([
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{% block x %}{% endblock %}',
    '{{ current.tags | sample }}',
    '{{ current.tags | where_exp: "t", "t" }}',
  ])('%s is refused', (source) => {
    expect(problems(source)).toHaveLength(1)
  })

  test.each([
    '{{ current.constructor }}',
    '{{ current.__proto__ }}',
    '{{ current.tags.constructor.name }}',
    '{{ current["__proto__"]["toString"] }}',
    '{{ constructor }}{{ __proto__ }}{{ toString }}',
    '{{ process }}{{ globalThis }}{{ this }}',
    '{{ current.tags | map: "constructor" | first }}',
    '{{ forloop.constructor }}',
  ])('%s is empty', (source) => {
    expect(render(source)).toBe('')
  })

  test('an event is not changed by a template, nor one render by another', () => {
    const event = exampleEvent()
    const before = JSON.stringify(event)
    const source = '{% assign current = "x" %}{% assign y = "z" %}{{ stage.name }}'
    const options = optionsOf(source)
    expect(template.render({ event, context, options, method: 'POST' }).body).toBe('Won')
    expect(JSON.stringify(event)).toBe(before)
    expect(render('{{ y }}{% increment n %}')).toBe('0')
    expect(render('{% increment n %}')).toBe('0')
  })
})

describe('work is bounded', () => {
  const doubling = (start: string, step: string, times = 60) =>
    `{% assign a = ${start} %}{% for i in (1..${times}) %}${step}{% endfor %}`

  test.each([
    [
      'loops in loops',
      '{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}',
    ],
    ['loops over the same list', `${'{% for a in current.many %}'.repeat(9)}x${'{% endfor %}'.repeat(9)}`],
    ['a range', '{% for a in (1..1000000000) %}{% endfor %}'],
    ['text that doubles', doubling('"xxxx"', '{% assign a = a | append: a %}')],
    ['captures that double', doubling('"xxxx"', '{% capture a %}{{ a }}{{ a }}{% endcapture %}')],
    ['lists that double', doubling('current.many', '{% assign a = a | concat: a %}')],
    [
      'lists inside themselves',
      `${doubling('current.many', '{% assign a = a | push: a | push: a %}')}{{ a }}`,
    ],
    [
      'groups inside groups',
      `${doubling('current.many', '{% assign b = a | group_by: "x" %}{% assign a = b | concat: b | map: "items" %}')}{{ a | json }}`,
    ],
    ['a date of any width', '{{ "now" | date: "%999999999d" }}'],
    ['replacing nothing', doubling('"xxxx"', '{% assign a = a | replace: "", "xxxx" %}')],
    ['large output', '{% for a in (1..100000) %}{{ current.long }}{% endfor %}'],
    ['filters in a row', `{{ current.long ${'| upcase | downcase '.repeat(600)}}}`],
    [
      'comparisons in a row',
      `{% assign a = current.long | split: "" %}{% if a == a ${'and a == a '.repeat(1500)}%}{% endif %}`,
    ],
    [
      'cases in a row',
      `{% assign a = current.long | split: "" %}{% case a %}{% when 1${', a'.repeat(3000)} %}{% endcase %}`,
    ],
  ])('%s', (_title, source) => {
    expect(problems(source)).toEqual([])
    const current = { many: Array.from({ length: 50 }, String), long: 'x'.repeat(100_000) }
    expect(() => render(source, { current })).toThrow(/does too much/)
  })

  test('deep nesting is an error, at save or at render, never a crash', () => {
    const source = `${'{% if current %}'.repeat(700)}x${'{% endif %}'.repeat(700)}`
    const found = problems(source)
    if (found.length === 0) expect(render(source)).toBe('x')
    expect(found.every((message) => message.includes('nested'))).toBe(true)
  })

  test('a large event passes', () => {
    const current = { long: 'x'.repeat(1_000_000) }
    expect(render('{{ current.long | json }}', { current })).toHaveLength(1_000_002)
  })

  const piece = fc.constantFrom(
    '{{ a }}',
    '{{ current }}',
    '{{ current.long }}',
    '{{ current.many | json }}',
    '{% assign a = current.many %}',
    '{% assign a = a | concat: a %}',
    '{% assign a = a | join: current.long %}',
    '{% capture a %}{{ a }}{{ a }}{% endcapture %}',
    '{% for i in (1..300) %}',
    '{% for i in current.many %}',
    '{% endfor %}',
    '{% if a == current.many %}',
    '{% endif %}',
    'text',
    '"',
    '{{ i | json }}',
  )

  test('whatever the template, the output is within the budget or there is an error with a sentence', () => {
    const current = { many: Array.from({ length: 30 }, String), long: 'x'.repeat(10_000) }
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const source = pieces.join('')
        try {
          expect(render(source, { current }).length).toBeLessThanOrEqual(costMax)
        } catch (error) {
          expect(error).toBeInstanceOf(RenderError)
          expect((error as Error).message).toMatch(/\.$/)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
