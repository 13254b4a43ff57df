import { type Static, Type } from 'typebox'
import { checkField } from '../actions/webhooks/check-field.ts'
import { unknownKind } from '../actions/ingest/not-a-choice.ts'
import { fieldsOf, vocabularyOf } from '../crm/index.ts'
import { type AccountField, type AccountSchema, invalid, notFound, Problem } from '../model/index.ts'
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

/** What is said of a field, here and where a kind is declared. */
export const fieldSettings = {
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
const fieldInput = strict(fieldSettings, { examples: [example] })

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
          { kind: kindName, name: fieldName, ...fieldSettings },
          { examples: [{ kind: 'lead', name: 'region', ...example }] },
        ),
        response: answers({ 201: fieldShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { kind, name, ...rest } = request.body
        const schema = await tx.schema.get(request.caller.account_id)
        const field = declared(kind, name, rest, schema)
        if (
          schema.fields.some((one) => one.kind === kind && one.name === name && one.origin === 'declared')
        ) {
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
        const { kind, name } = request.params
        const field = declared(kind, name, request.body, await tx.schema.get(request.caller.account_id))
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

function declared(
  kindName: string,
  name: string,
  input: Static<typeof fieldInput>,
  schema: AccountSchema,
): AccountField {
  const { kinds } = vocabularyOf(schema)
  const kind = kinds.get(kindName)
  const errors = kind
    ? checkField(name, input, { builtIn: fieldsOf(kind), kinds: kinds.keys() })
    : [unknownKind('kind', kindName, kinds.keys())]
  if (errors.length > 0) throw invalid(errors)
  const { title = name, type, choices = null, links = null } = input
  return { kind: kindName, name, title, type, choices, links, origin: 'declared' }
}
