import { expect, test } from 'vitest'
import { Problem } from '../../model/index.ts'
import { isLost, withRetries, type Naming } from './connection.ts'

const withCode = (code: string) => Object.assign(new Error(`failed with ${code}`), { code })

/** Fails with these errors, one after the other, then answers. */
function failing(...errors: Error[]) {
  const left = [...errors]
  const work = async () => {
    work.runs++
    const error = left.shift()
    if (error) throw error
    return 'done'
  }
  work.runs = 0
  return work
}

test.each(['40001', '40P01', '23505'])('%s is tried again, three times in all', async (code) => {
  const naming: Naming = { named: true }
  const twice = failing(withCode(code), withCode(code))
  expect(await withRetries(naming, twice)).toBe('done')
  expect(twice.runs).toBe(3)
  const thrice = failing(withCode(code), withCode(code), withCode(code))
  await expect(withRetries(naming, thrice)).rejects.toMatchObject({
    code: code === '23505' ? 'conflict' : 'unavailable',
  })
  expect(naming.named).toBe(true)
})

test.each(['26000', '42P05'])('after %s, a pooler’s sign, statements lose their names', async (code) => {
  const naming: Naming = { named: true }
  expect(await withRetries(naming, failing(withCode(code)))).toBe('done')
  expect(naming.named).toBe(false)
})

test('what another try cannot mend is thrown at once', async () => {
  const problem = new Problem('not_found', 'There is no such thing.')
  for (const error of [problem, new TypeError('a bug'), withCode('42601')]) {
    const work = failing(error)
    await expect(withRetries({ named: true }, work)).rejects.toBe(error)
    expect(work.runs).toBe(1)
  }
})

test.each([
  withCode('ECONNREFUSED'),
  withCode('57P01'),
  withCode('53300'),
  withCode('08006'),
  withCode('25P03'),
  new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new Error('Client has encountered a connection error and is not queryable'),
])('%o is a lost database', async (error) => {
  expect(isLost(error)).toBe(true)
  await expect(withRetries({ named: true }, failing(error, error))).rejects.toMatchObject({
    name: 'Problem',
    code: 'unavailable',
    cause: error,
  })
})

test('a connection that broke is given up for another one, once', async () => {
  const broken = new Error('Connection terminated unexpectedly')
  expect(await withRetries({ named: true }, failing(broken))).toBe('done')
  const unreachable = failing(withCode('ECONNREFUSED'))
  await expect(withRetries({ named: true }, unreachable)).rejects.toMatchObject({ code: 'unavailable' })
  expect(unreachable.runs).toBe(1)
})

test('a refused statement is not', () => {
  expect(isLost(withCode('42601'))).toBe(false)
  expect(isLost(new TypeError('a bug'))).toBe(false)
  expect(isLost(null)).toBe(false)
})
