import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './client.ts'
import { sessionEnded, sessionQuery } from './session.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Error
    mutationMeta: {
      /** The page shows the problem itself, at its fields: no notification. */
      quiet?: boolean
    }
  }
}

/** The cache of what the API answered. `onProblem` is told of changes that were refused and that nobody else shows. */
export function makeQueryClient(onProblem: (problem: Error) => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({
      onError(error, _variables, _result, mutation) {
        signedOut(error)
        if (!mutation.meta?.quiet) onProblem(error)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal stays one; a server that restarts comes back.
        retry: (failures, error) =>
          !(error instanceof ApiProblem && error.status > 0 && error.status < 500) && failures < 2,
      },
    },
  })
  /** The session is over: asking for it again shows the sign-in page. */
  function signedOut(error: Error): void {
    if (!(error instanceof ApiProblem && error.status === 401)) return
    // Not where somebody gives a wrong password.
    if (client.getQueryData(sessionQuery.queryKey)?.member) client.setQueryData(sessionEnded, true)
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return client
}
