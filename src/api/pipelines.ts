import { type Static, Type } from 'typebox'
import { unknownKind } from '../actions/ingest/not-a-choice.ts'
import { type Kind, type Vocabulary, vocabularyOf } from '../crm/index.ts'
import {
  type AccountSchema,
  invalid,
  notFound,
  type Pipeline,
  Problem,
  type ProblemDetail,
  stagesMax,
} from '../model/index.ts'
import type { Api, ApiContext } from './context.ts'
import { write } from './idempotency.ts'
import { pageOfAll, readPage } from './pages.ts'
import {
  answers,
  choice,
  idParams,
  kindName,
  listOf,
  name,
  nothing,
  nullableText,
  ownId,
  pageQuery,
  strict,
} from './schemas.ts'

const stageInput = strict({
  id: ownId,
  name: Type.Optional(name),
  type: Type.Optional(choice(['open', 'won', 'lost'] as const, { description: 'open when left out.' })),
  color: Type.Optional(nullableText({ maxLength: 32 })),
})
const stages = Type.Optional(
  Type.Array(stageInput, {
    maxItems: stagesMax,
    description: 'In their order. Stages that are not named are gone.',
  }),
)

const example = {
  name: 'Sales',
  stages: [
    { id: '16203334', name: 'Offer' },
    { id: '16203337', name: 'Won', type: 'won' },
  ],
}

const pipelineShape = Type.Object({
  kind: Type.String(),
  id: Type.String(),
  name: Type.String(),
  origin: Type.String({ description: '`declared`, or `discovered` where a record named it first.' }),
  stages: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      type: Type.String(),
      color: nullableText(),
      origin: Type.String(),
    }),
  ),
})

/** Pipelines with their stages, per kind. */
export function pipelineRoutes(api: Api, context: ApiContext): void {
  const { store } = context
  const tags = ['Pipelines']
  const params = idParams('kind', 'id')

  api.post(
    '/v1/pipelines',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'createPipeline',
        summary: 'Make a pipeline',
        description: 'One that exists already is a conflict, unless records have only named it.',
        body: strict(
          { kind: kindName, id: ownId, name: Type.Optional(name), stages },
          { examples: [{ kind: 'lead', id: '752662', ...example }] },
        ),
        response: answers({ 201: pipelineShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        const schema = await tx.schema.get(account_id)
        const pipeline = pipelineOf(request.body, schema)
        if (
          schema.pipelines.some(
            ({ kind, id, origin }) => kind === pipeline.kind && id === pipeline.id && origin === 'declared',
          )
        ) {
          throw new Problem(
            'conflict',
            `There is a pipeline "${pipeline.id}" of this kind already. Use PUT to change it.`,
          )
        }
        await tx.schema.putPipeline(account_id, pipeline)
        return { status: 201, body: pipeline }
      }),
  )

  api.get(
    '/v1/pipelines',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'listPipelines',
        summary: 'List pipelines with their stages',
        querystring: strict({ kind: Type.Optional(kindName), ...pageQuery }),
        response: answers({ 200: listOf(pipelineShape) }),
      },
    },
    async ({ caller, query }) => {
      const list = `pipelines ${query.kind ?? ''}`
      const page = readPage(query, list)
      const { pipelines } = await store.schema.get(caller.account_id)
      const asked = pipelines.filter(({ kind }) => query.kind === undefined || kind === query.kind)
      return pageOfAll(asked, page, list, ({ kind, id }) => `${kind} ${id}`)
    },
  )

  api.get(
    '/v1/pipelines/:kind/:id',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'getPipeline',
        summary: 'Read a pipeline',
        params,
        response: answers({ 200: pipelineShape }),
      },
    },
    ({ caller, params: { kind, id } }) => find(caller.account_id, kind, id),
  )

  api.get(
    '/v1/pipelines/:kind/:id/counts',
    {
      config: { needs: 'read' },
      schema: {
        tags,
        operationId: 'countPipelineRecords',
        summary: 'Count the records on each stage',
        description:
          'Active records only, none that are deleted, archived or discarded. Every stage of the pipeline in its order, then those ' +
          'that it does not know but records stand on.',
        params,
        response: answers({
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                stage_id: nullableText({ description: 'null: of this pipeline, and on no stage.' }),
                records: Type.Integer(),
              }),
            ),
          }),
        }),
      },
    },
    async ({ caller, params: { kind, id } }) => {
      const { stages } = await find(caller.account_id, kind, id)
      const counts = await store.records.countByStage(caller.account_id, kind, id)
      const left = new Map(counts.map(({ stage_id, records }) => [stage_id, records]))
      const items: { stage_id: string | null; records: number }[] = stages.map((stage) => {
        const records = left.get(stage.id) ?? 0
        left.delete(stage.id)
        return { stage_id: stage.id, records }
      })
      const unknown = [...left].map(([stage_id, records]) => ({ stage_id, records }))
      items.push(...unknown.sort((a, b) => ((a.stage_id ?? '') < (b.stage_id ?? '') ? -1 : 1)))
      return { items }
    },
  )

  api.put(
    '/v1/pipelines/:kind/:id',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'putPipeline',
        summary: 'Make or replace a pipeline',
        params,
        body: strict({ name: Type.Optional(name), stages }, { examples: [example] }),
        response: answers({ 200: pipelineShape }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { account_id } = request.caller
        const sent = { ...request.params, ...request.body }
        const pipeline = pipelineOf(sent, await tx.schema.get(account_id))
        await tx.schema.putPipeline(account_id, pipeline)
        return { status: 200, body: pipeline }
      }),
  )

  api.delete(
    '/v1/pipelines/:kind/:id',
    {
      config: { needs: 'manage' },
      schema: {
        tags,
        operationId: 'deletePipeline',
        summary: 'Delete a pipeline',
        description: 'Records keep its id; the next write that names it discovers it anew.',
        params,
        response: answers({ 204: nothing }),
      },
    },
    (request, reply) =>
      write(context, request, reply, async (tx) => {
        const { kind, id } = request.params
        if (!(await tx.schema.deletePipeline(request.caller.account_id, kind, id)))
          throw notFound('pipeline', id)
        return { status: 204 }
      }),
  )

  async function find(accountId: string, kind: string, id: string): Promise<Pipeline> {
    const { pipelines } = await store.schema.get(accountId)
    const pipeline = pipelines.find((one) => one.kind === kind && one.id === id)
    if (!pipeline) throw notFound('pipeline', id)
    return pipeline
  }
}

interface PipelineInput {
  kind: string
  id: string
  name?: string
  stages?: Static<typeof stageInput>[]
}

function pipelineOf({ kind, id, name, stages = [] }: PipelineInput, schema: AccountSchema): Pipeline {
  const errors = stagedKindProblems(kind, vocabularyOf(schema))
  const seen = new Set<string>()
  for (const [index, stage] of stages.entries()) {
    if (seen.has(stage.id)) {
      const message = `The stage "${stage.id}" is there twice. Stage ids are unique within a pipeline.`
      errors.push({ path: `stages[${index}].id`, code: 'twice', message })
    }
    seen.add(stage.id)
  }
  if (errors.length > 0) throw invalid(errors)
  const before = schema.pipelines.find((pipeline) => pipeline.kind === kind && pipeline.id === id)
  /** A stage that nobody has named yet still waits for a name when its pipeline got one. */
  const isUnnamed = (stageId: string) =>
    before?.stages.some((stage) => stage.id === stageId && stage.origin === 'discovered') ?? false
  return {
    kind,
    id,
    name: name ?? id,
    origin: 'declared',
    stages: stages.map((stage) => ({
      id: stage.id,
      name: stage.name ?? stage.id,
      type: stage.type ?? 'open',
      color: stage.color ?? null,
      origin: stage.name === undefined && isUnnamed(stage.id) ? 'discovered' : 'declared',
    })),
  }
}

function stagedKindProblems(name: string, { kinds }: Vocabulary): ProblemDetail[] {
  const kind = kinds.get(name)
  if (!kind) return [unknownKind('kind', name, kinds.keys())]
  if (isStaged(kind)) return []
  const staged = [...kinds.values()].filter(isStaged).map((one) => one.name)
  const message = `A ${name} has no pipelines. These kinds have: ${staged.join(', ')}.`
  return [{ path: 'kind', code: 'not_staged', message }]
}

function isStaged({ capabilities }: Kind): boolean {
  return capabilities.some(({ name }) => name === 'staged')
}
