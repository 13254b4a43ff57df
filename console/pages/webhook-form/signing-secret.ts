import { useMutation } from '@tanstack/react-query'
import { api, get } from '../../data/client.ts'

export interface SigningSecrets {
  secret: string
  /** Older ones that still sign beside it. */
  previous: { secret: string; until: string }[]
}

/** Asked for when somebody wants to see it, and kept nowhere. */
export const useSigningSecret = (id: string) =>
  useMutation({
    mutationFn: () => get<SigningSecrets>(api`/webhooks/${id}/signing-secret`),
    gcTime: 0,
  })
