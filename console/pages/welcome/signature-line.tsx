import { Group, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldOff, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, get } from '../../data/client.ts'
import type { InspectorRequest } from '../../data/inspectors.ts'
import { type SignatureCheck, verifySignature } from './verify-signature.ts'

const icons: Record<SignatureCheck, typeof IconShieldCheck> = {
  good: IconShieldCheck,
  bad: IconShieldX,
  unsigned: IconShieldOff,
  unchecked: IconShieldCheck,
}
const colors: Record<SignatureCheck, string> = {
  good: 'green',
  bad: 'red',
  unsigned: 'gray',
  unchecked: 'gray',
}

/** Whether the request is signed, checked here as its receiver would. */
export function SignatureLine({ request, webhookId }: { request: InspectorRequest; webhookId: string }) {
  const { t } = useTranslation('welcome')
  const check = useQuery({
    queryKey: ['welcome', 'signature', webhookId, request.id],
    // The secret is asked for, used and forgotten; what is kept is what it showed.
    async queryFn({ signal }) {
      const { secret } = await get<{ secret: string }>(
        api`/webhooks/${webhookId}/signing-secret`,
        undefined,
        signal,
      )
      // A page that is not served securely has no `subtle`.
      const { subtle } = globalThis.crypto as Partial<Crypto>
      return verifySignature(request, secret, subtle)
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const result = check.data ?? (check.error ? 'unchecked' : null)
  if (result === null) return null
  const Icon = icons[result]
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" data-testid="signature">
      <Icon
        size={20}
        style={{ flexShrink: 0 }}
        color={`var(--mantine-color-${colors[result]}-text)`}
        aria-hidden
      />
      <Text size="sm">{t(`signature.${result}`)}</Text>
    </Group>
  )
}
