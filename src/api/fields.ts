import { type Static, Type } from 'typebox'
import { builtInKinds, fieldsOf, findKind, nearestName } from '../crm/index.ts'
import { type AccountField, invalid, notFound, Problem, type ProblemDetail } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { pageOfAll, readPage } from './pages.ts'
import {
  answers,
  fieldType,
  idParams,
  kindName,
  listOf,
  name,
  nothing,
  nullableText,
  pageQuery,
  strict,
} from './schemas.ts'

const choicesMax = 1000

const settings = {
  title: Type.Optional(name),
  type: fieldType,
  choices: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      maxItems: choicesMax,
      description: 'For the type `choice`.',
    }),
  ),
  links: Type.Optional(
    Type.String({ maxLength: 64, description: 'For the type `link`: the kind that it names.' }),
  ),
}

const fieldName = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
  description: '1 to 100 characters, none of them control characters.',
})

const example = { title: 'Region', type: 'choice', choices: ['north', 'south'] }
const fieldInput = strict(settings, { examples: [example] })

const fieldShape = Type.Object({
  kind: Type.String(),
  name: Type.String(),
  title: Type.String(),
  type: Type.String(),
  choices: Type.Unsafe<string[] | null>({ type: ['array', 'null'] }),
  links: nullableText(),
  origin: Type.String({ description: '`declared`, or `discovered` where a record brought it first.' }),
})

/** The fields of an account's own; built-in ones are in the catalogue. */
export function fieldRoutes(api: Api, context: ApiContext): void {
  const { store } = context
  const tags = ['Fields and users']
  const params = idParams('kind', 'name')

  api.post(
    '/v1/fields',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'createField',
        summary: 'Declare a field',
        description:
          'From then on its values are coerced to its type, and those that do not fit are refused.',
        body: strict(
          { kind: kindName, name: fieldName, ...settings },
          { examples: [{ kind: 'lead', name: 'region', ...example }] },
        ),
        response: answers({ 201: fieldShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { kind, name, ...rest } = request.body
        const field = declared(kind, name, rest)
        const { fields } = await tx.schema.get(request.caller.account_id)
        if (fields.some((one) => one.kind === kind && one.name === name && one.origin === 'declared')) {
          throw new Problem(
            'conflict',
            `There is a field "${name}" of this kind already. Use PUT to change it.`,
          )
        }
        await tx.schema.putFields(request.caller.account_id, [field])
        return { status: 201, body: field }
      }),
  )

  api.get(
    '/v1/fields',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listFields',
        summary: "List the account's own fields",
        querystring: strict({ kind: Type.Optional(kindName), ...pageQuery }),
        response: answers({ 200: listOf(fieldShape) }),
      },
    },
    async ({ caller, query }) => {
      const list = `fields ${query.kind ?? ''}`
      const page = readPage(query, list)
      const { fields } = await store.schema.get(caller.account_id)
      const asked = fields.filter(({ kind }) => query.kind === undefined || kind === query.kind)
      return pageOfAll(asked, page, list, ({ kind, name }) => `${kind} ${name}`)
    },
  )

  api.get(
    '/v1/fields/:kind/:name',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getField',
        summary: 'Read a field',
        params,
        response: answers({ 200: fieldShape }),
      },
    },
    async ({ caller, params: { kind, name } }) => {
      const { fields } = await store.schema.get(caller.account_id)
      const field = fields.find((one) => one.kind === kind && one.name === name)
      if (!field) throw notFound('field', name)
      return field
    },
  )

  api.put(
    '/v1/fields/:kind/:name',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'putField',
        summary: 'Declare or change a field',
        params,
        body: fieldInput,
        response: answers({ 200: fieldShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const field = declared(request.params.kind, request.params.name, request.body)
        await tx.schema.putFields(request.caller.account_id, [field])
        return { status: 200, body: field }
      }),
  )

  api.delete(
    '/v1/fields/:kind/:name',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'deleteField',
        summary: 'Delete a field',
        description: 'Records keep its values; the next write that names it discovers it anew.',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { kind, name } = request.params
        if (!(await tx.schema.deleteField(request.caller.account_id, kind, name)))
          throw notFound('field', name)
        return { status: 204 }
      }),
  )
}

function declared(kindName: string, name: string, input: Static<typeof fieldInput>): AccountField {
  const errors = problemsOf(kindName, name, input)
  if (errors.length > 0) throw invalid(errors)
  const { title = name, type, choices = null, links = null } = input
  return { kind: kindName, name, title, type, choices, links, origin: 'declared' }
}

function problemsOf(
  kindName: string,
  name: string,
  { type, choices, links }: Static<typeof fieldInput>,
): ProblemDetail[] {
  const kind = findKind(kindName)
  if (!kind) return [unknownKind('kind', kindName)]
  const errors: ProblemDetail[] = []
  const wrong = (path: string, code: string, message: string) => errors.push({ path, code, message })
  if (Object.hasOwn(fieldsOf(kind), name))
    wrong('name', 'built_in', `"${name}" is built in and cannot be declared. Choose another name.`)
  if (name === 'id' || name === 'kind')
    wrong('name', 'not_a_field', `"${name}" names the record itself. Choose another name.`)
  if (type === 'choice' && !choices?.length)
    wrong('choices', 'required', 'A field of the type "choice" needs its choices.')
  if (type !== 'choice' && choices)
    wrong('choices', 'not_together', 'Only a field of the type "choice" has choices.')
  if (choices && new Set(choices).size < choices.length) wrong('choices', 'twice', 'A choice is there twice.')
  if (type === 'link' && links === undefined)
    wrong('links', 'required', 'A field of the type "link" needs the kind that it names.')
  if (type !== 'link' && links !== undefined)
    wrong('links', 'not_together', 'Only a field of the type "link" names a kind.')
  if (type === 'link' && links !== undefined && !findKind(links)) errors.push(unknownKind('links', links))
  return errors
}

function unknownKind(path: string, kindName: string): ProblemDetail {
  const names = builtInKinds.map(({ name }) => name)
  const near = nearestName(kindName, names)
  const hint = near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}.`
  return { path, code: 'unknown_kind', message: `There is no kind "${kindName}". ${hint}` }
}
