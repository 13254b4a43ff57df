import { useWebhookForm } from './form-state.ts'
import { valueAt } from './path.ts'
import { useProblemWords } from './problem-words.ts'

export interface Field<T> {
  value: T
  set: (value: T) => void
  /** For the input itself: what is wrong, and where the summary of mistakes jumps to. */
  input: { error: string | null; disabled: boolean; 'data-field': string }
}

/** One setting, by the server's path. */
export function useField<T>(path: string): Field<T> {
  const form = useWebhookForm()
  const say = useProblemWords()
  const problem = form.problemAt(path)
  return {
    value: valueAt(form.draft, path) as T,
    set: (value) => form.set(path, value),
    input: { error: problem && say(problem), disabled: form.readOnly, 'data-field': path },
  }
}

/** What is wrong at any path, in words: for parts that draw several fields. */
export function useProblemAt(): (path: string) => string | null {
  const { problemAt } = useWebhookForm()
  const say = useProblemWords()
  return (path) => {
    const problem = problemAt(path)
    return problem && say(problem)
  }
}

/** The first thing wrong at a place or inside it. */
export function useProblemIn(place: string): string | null {
  const { problemsIn } = useWebhookForm()
  const say = useProblemWords()
  const [first] = problemsIn(place)
  return first ? say(first) : null
}
