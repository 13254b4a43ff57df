/** Sources and imports as a store is given them: what brings records in from outside. */
import type { CrmSource, RecordImport, SourceCall } from '../../src/model/index.ts'
import type { ImportChunk } from '../../src/store/store.ts'
import { nextId, presentMs } from './things.ts'

export function makeSource(accountId: string, change: Partial<CrmSource> = {}): CrmSource {
  const id = nextId('src')
  return {
    id,
    account_id: accountId,
    adapter: 'generic-json',
    name: 'Shop',
    token: `t${id.slice(4)}`,
    secret: `secret of ${id}`,
    options: { paths: { id: 'order.id' } },
    status: 'active',
    calls: 0,
    items: 0,
    problems: 0,
    last_call_at: null,
    created_at: presentMs(),
    updated_at: presentMs(),
    ...change,
  }
}

/** It held one record, and one thing that could not be understood. */
export function makeSourceCall(sourceId: string, change: Partial<SourceCall> = {}): SourceCall {
  return {
    id: nextId('req'),
    source_id: sourceId,
    at: presentMs(),
    method: 'POST',
    path: '/in/x/orders',
    query: 'a=1',
    headers: [
      ['Content-Type', 'application/json'],
      ['x-twice', '1'],
      ['x-twice', '2'],
    ],
    body: Uint8Array.of(0, 255, 10, 13),
    items: 1,
    problems: [{ path: 'order.id', code: 'missing', message: 'Нет номера.' }],
    ...change,
  }
}

/** Of two chunks with two lines each. */
export function makeImport(accountId: string, change: Partial<RecordImport> = {}): RecordImport {
  return {
    id: nextId('imp'),
    account_id: accountId,
    kind: 'lead',
    format: 'ndjson',
    fire: true,
    state: 'running',
    made_by: 'token tok_1',
    lines_total: 4,
    lines_done: 0,
    chunks_total: 2,
    chunks_done: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    failed: 0,
    events: 0,
    created_at: presentMs(),
    updated_at: presentMs(),
    ...change,
  }
}

/** Chunks of two lines each, counted from 1. */
export function makeChunks(count: number): ImportChunk[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    lines: [1, 2].map((place) => {
      const line = index * 2 + place
      return { line, content: `{"id":"${line}","name":"Сделка\\u0001"}` }
    }),
  }))
}
