import { Type } from 'typebox'
import { adapterOf, previewSource, sourceOptions } from '../actions/sources.ts'
import type { JsonObject } from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { answers, anyJson, nullableText, strict } from './schemas.ts'

export const adapter = Type.String({
  maxLength: 64,
  description: 'Which system calls: `amocrm`, `generic-json`, `site-tracker`. See the catalogue.',
})
export const options = Type.Unsafe<JsonObject>({
  type: 'object',
  description: "The adapter's options, whole; see the catalogue.",
})

const detail = Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() })

const sampleCall = strict({
  method: Type.Optional(Type.String({ maxLength: 20, description: 'POST when left out.' })),
  path: Type.Optional(Type.String({ maxLength: 2000 })),
  query: Type.Optional(Type.String({ maxLength: 10_000 })),
  content_type: Type.Optional(nullableText({ maxLength: 200 })),
  headers: Type.Optional(
    Type.Array(
      Type.Unsafe<[string, string]>({
        type: 'array',
        items: { type: 'string' },
        minItems: 2,
        maxItems: 2,
      }),
      { maxItems: 100 },
    ),
  ),
  body: Type.Optional(Type.String()),
})

/** Trying an adapter with its settings on a call, before there is a source. */
export function sourcePreviewRoute(api: Api, { store, clock }: ApiContext): void {
  api.post(
    '/v1/sources/preview',
    {
      config: { needs: 'read' },
      schema: {
        tags: ['Sources'],
        operationId: 'previewSource',
        summary: 'Try an adapter on a call',
        description: 'Answers what would be written, and writes nothing.',
        body: strict(
          { adapter, options: Type.Optional(options), call: sampleCall },
          {
            examples: [
              {
                adapter: 'generic-json',
                options: {
                  map: [
                    { to: 'record.kind', from: 'value', value: 'sale' },
                    { to: 'record.id', value: 'order_id' },
                    { to: 'fields.total', value: 'total' },
                  ],
                },
                call: { content_type: 'application/json', body: '{"order_id": 7, "total": 120.5}' },
              },
            ],
          },
        ),
        response: answers({
          200: Type.Object({
            items: Type.Array(Type.Unsafe({ type: 'object' }), {
              description: 'What it says, in order: `do` is write, delete, restore or activity.',
            }),
            problems: Type.Array(detail, { description: 'What was not understood.' }),
            ignored: Type.Array(detail, { description: 'What was left out on purpose.' }),
            answer: Type.Object({
              status: Type.Integer(),
              content_type: nullableText(),
              body: Type.String(),
            }),
            mapping: Type.Unsafe({
              type: ['object', 'null'],
              properties: { rows: { type: 'array' }, places: { type: 'array', items: anyJson } },
              description: 'Where the options say where things stand: what each of them found.',
            }),
          }),
        }),
      },
    },
    async ({ caller, body }) => {
      const described = adapterOf(body.adapter)
      const checked = sourceOptions(described, body.options ?? {})
      const { content_type: contentType = null, body: text = '', ...rest } = body.call
      const schema = await store.schema.get(caller.account_id)
      const call = { ...rest, contentType, body: text }
      const { answer, ...preview } = previewSource(described, checked, call, clock(), schema)
      const { status, contentType: answered, body: said } = answer
      return { ...preview, answer: { status, content_type: answered, body: said } }
    },
  )
}
