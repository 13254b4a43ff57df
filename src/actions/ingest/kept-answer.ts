import { Problem } from '../../model/index.ts'
import type { KeptAnswer } from '../../store/store.ts'

/**
 * What a repeated request is answered from what was kept of the first one, `body_hash` being that of the repetition. Throws
 * a Problem `idempotency_mismatch` where it is another request, and `conflict` where the answer is not kept: it held a
 * secret, or an erasure emptied it, which nothing tells apart any more.
 */
export function answerAgain(kept: KeptAnswer, bodyHash: string): { status_code: number; body: string } {
  const { status_code, body } = kept
  if (kept.body_hash !== bodyHash) {
    throw new Problem(
      'idempotency_mismatch',
      'This Idempotency-Key was used before with another body. Take a new key for a new request.',
    )
  }
  if (body === null) {
    const message =
      'This was done already under the same Idempotency-Key. Its answer is not kept: it held a secret, or data that was ' +
      'erased since.'
    throw new Problem('conflict', message, {
      errors: [{ path: 'Idempotency-Key', code: 'answer_not_kept', message }],
    })
  }
  return { status_code, body }
}
