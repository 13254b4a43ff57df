/** The reference as one static page without scripts, written from the OpenAPI document. */
import type { OpenapiDocument, Operation, Parameter, Schema } from './openapi-document.ts'
import { escapeHtml, pageStyles, policyOf } from './static-page.ts'

const styles = `${pageStyles}
section { margin-top: 3rem; }
article { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { margin: 0 0 .25rem; font-size: 1.0625rem; }
h4 { margin: 1rem 0 .25rem; font-size: .875rem; color: var(--quiet); }
.call { overflow-wrap: anywhere; } .method { font-weight: 700; }
.quiet { color: var(--quiet); font-size: .875rem; }
@media (max-width: 50rem) { .layout { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1rem; } }
`

export const referencePagePolicy = policyOf(styles)

interface Call {
  method: string
  path: string
  operation: Operation
}

export function referencePage(document: OpenapiDocument): string {
  const calls = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Call => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
  const groups = document.tags.map((tag) => ({
    ...tag,
    id: anchor(tag.name),
    calls: calls.filter(({ operation }) => operation.tags?.includes(tag.name)),
  }))
  const menu = groups
    .map(
      (group) =>
        `<h2><a href="#${group.id}">${escapeHtml(group.name)}</a></h2><ul>${group.calls.map(menuItem).join('')}</ul>`,
    )
    .join('')
  const sections = groups
    .map(
      (group) =>
        `<section id="${group.id}"><h2>${escapeHtml(group.name)}</h2><p>${prose(group.description)}</p>${group.calls
          .map((call) => describe(call, document))
          .join('')}</section>`,
    )
    .join('')
  const { title, version, description } = document.info
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeHtml(title)} API</title><style>${styles}</style></head><body><div class="layout">` +
    `<nav aria-label="Calls"><a href="/docs/guide">Guides</a><a href="/openapi.json">openapi.json</a>${menu}</nav>` +
    `<main><h1>${escapeHtml(title)} API <span class="quiet">${escapeHtml(version)}</span></h1>${blocks(description)}${sections}</main>` +
    `</div></body></html>`
  )
}

function menuItem({ operation }: Call): string {
  return `<li><a href="#${anchor(operation.operationId ?? '')}">${escapeHtml(operation.summary ?? '')}</a></li>`
}

function describe(call: Call, document: OpenapiDocument): string {
  const { method, path, operation } = call
  const kinds = operation['x-token-kinds']
  const roles = operation['x-roles']
  const callers = [kinds && `Token: ${kinds.join(', ')}`, roles && `Role: ${roles.join(', ')}`]
  const token = callers.filter(Boolean).join(' · ') || 'No token needed'
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter, document))
  const body = bodySchema(operation)
  return (
    `<article id="${anchor(operation.operationId ?? '')}"><h3>${escapeHtml(operation.summary ?? '')}</h3>` +
    `<p class="call"><code><span class="method">${method}</span> ${escapeHtml(path)}</code></p>` +
    (operation.description ? `<p>${prose(operation.description)}</p>` : '') +
    `<p class="quiet">${escapeHtml(token)}</p>` +
    (parameters.length > 0 ? table('Parameters', parameters.map(parameterRow)) : '') +
    (body?.properties ? table('Body', propertyRows(body)) : '') +
    `<h4>Example</h4><pre>${escapeHtml(curl(call))}</pre>` +
    answerTables(operation) +
    `</article>`
  )
}

function answerTables(operation: Operation): string {
  return Object.entries(operation.responses)
    .flatMap(([status, response]) => {
      if ('$ref' in response) return []
      const schema = Object.values(response.content ?? {})[0]?.schema
      const list = schema?.properties?.['items']?.items
      const shown = list?.properties ? list : schema
      if (!shown?.properties) return []
      const title = list?.properties ? `Answer ${status}: each of items` : `Answer ${status}`
      return [table(title, propertyRows(shown))]
    })
    .slice(0, 1)
    .join('')
}

type Row = [name: string, type: string, description: string]

function table(title: string, rows: Row[]): string {
  const lines = rows.map(
    ([name, type, description]) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td class="quiet">${escapeHtml(type)}</td><td>${prose(description)}</td></tr>`,
  )
  return `<h4>${escapeHtml(title)}</h4><table><thead><tr><th>Name</th><th>Type</th><th>What it is</th></tr></thead><tbody>${lines.join('')}</tbody></table>`
}

function parameterRow({ name = '', in: place, required, description, schema }: Parameter): Row {
  const type = `${place}, ${typeOf(schema)}${required ? ', required' : ''}`
  return [name, type, description ?? schema?.description ?? '']
}

function propertyRows(schema: Schema, prefix = ''): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]): Row[] => {
    const required = schema.required?.includes(name) && prefix === '' ? ', required' : ''
    const row: Row = [`${prefix}${name}`, `${typeOf(property)}${required}`, property.description ?? '']
    const inner = property.properties ? property : property.items?.properties ? property.items : null
    if (!inner || prefix.split('.').length > 2) return [row]
    return [row, ...propertyRows(inner, `${prefix}${name}${inner === property ? '' : '[]'}.`)]
  })
}

function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'any'
  if (schema.enum) return schema.enum.join(' | ')
  const type = [schema.type ?? 'any'].flat().join(' or ')
  return schema.items ? `${type} of ${typeOf(schema.items)}` : type
}

function curl({ method, path, operation }: Call): string {
  const parts = [
    `curl -X ${method} "$HOOKLINE${path.replace(/\{(\w+)\}/g, (_whole, name: string) => examplePart(name))}"`,
  ]
  if (operation['x-token-kinds']) parts.push(`-H "Authorization: Bearer $TOKEN"`)
  const body = bodySchema(operation)
  const example = body?.examples?.[0]
  if (example !== undefined) {
    const text = JSON.stringify(example).replaceAll("'", `'\\''`)
    parts.push(`-H 'Content-Type: application/json'`, `-d '${text}'`)
  }
  return parts.join(' \\\n  ')
}

function examplePart(name: string): string {
  return { kind: 'lead', id: 'ID', name: 'NAME', external_id: 'tenant-7' }[name] ?? name.toUpperCase()
}

function bodySchema(operation: Operation): Schema | undefined {
  return operation.requestBody?.content['application/json']?.schema
}

function resolve(parameter: Parameter, document: OpenapiDocument): Parameter {
  const name = parameter.$ref?.split('/').at(-1)
  return name === undefined ? parameter : (document.components['parameters']![name] as Parameter)
}

function anchor(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '-')
}

/** Paragraphs and lists, as far as our descriptions use Markdown. */
function blocks(text: string): string {
  return text
    .split('\n\n')
    .map((block) =>
      block.startsWith('- ')
        ? `<ul>${block
            .split('\n')
            .map((line) => `<li>${prose(line.slice(2))}</li>`)
            .join('')}</ul>`
        : `<p>${prose(block)}</p>`,
    )
    .join('')
}

function prose(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}
