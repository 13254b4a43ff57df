import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MadeToken, type TokenKind, tokenKinds, useMakeToken } from '../../../data/tokens.ts'
import { CodeBlock } from '../../../parts/code-block.tsx'
import { DialogForm } from '../../../parts/dialog-form.tsx'
import { ProblemAlert } from '../../../parts/problem/alert.tsx'
import { useReturnFocus } from '../../../parts/return-focus.ts'
import { OnceShown } from '../once-shown.tsx'
import { isShownAt, problemAt } from '../problem-at.ts'
import { firstCall } from './first-call.ts'

/** Makes a token, then shows it this once with a first call. */
export function MakeModal({ onClose }: { onClose: () => void }) {
  useReturnFocus()
  const { t } = useTranslation(['settings', 'common'])
  const make = useMakeToken()
  const [kind, setKind] = useState<TokenKind>('ingest')
  const [name, setName] = useState('')

  const submit = () => make.mutate({ kind, name: name.trim() })
  return (
    <Modal
      opened
      onClose={onClose}
      size={make.data ? 'xl' : 'lg'}
      title={make.data ? t('tokens.made', { name: make.data.name }) : t('tokens.make')}
      closeOnClickOutside={!make.data}
    >
      {make.data ? (
        <Made token={make.data} onDone={onClose} />
      ) : (
        <DialogForm
          onSubmit={submit}
          onCancel={onClose}
          isSaving={make.isPending}
          submitLabel={t('tokens.makeDo')}
          disabled={name.trim() === ''}
        >
          {make.error && !isShownAt(make.error, ['name', 'kind']) && <ProblemAlert problem={make.error} />}
          <TextInput
            data-autofocus
            required
            withAsterisk={false}
            autoComplete="off"
            label={t('tokens.name')}
            description={t('tokens.nameAbout')}
            maxLength={200}
            value={name}
            error={problemAt(make.error, 'name', t)}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('tokens.kind')}
            value={kind}
            error={problemAt(make.error, 'kind', t)}
            onChange={(picked) => {
              const known = tokenKinds.find((one) => one === picked)
              if (known) setKind(known)
            }}
          >
            <Stack gap="xs" mt={6}>
              {tokenKinds.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={
                    <>
                      <Text span ff="monospace" size="sm" fw={600}>
                        {one}
                      </Text>{' '}
                      · {t(`tokens.kinds.${one}.case`)}
                    </>
                  }
                  description={t(`tokens.kinds.${one}.can`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        </DialogForm>
      )}
    </Modal>
  )
}

function Made({ token: { kind, token }, onDone }: { token: MadeToken; onDone: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <Stack gap="md">
      <OnceShown
        title={t('tokens.once')}
        value={token}
        copy={t('tokens.copy')}
        about={t('tokens.onceAbout')}
      />
      <div>
        <Text size="sm" fw={500}>
          {t('tokens.try')}
        </Text>
        <Text size="xs" c="dimmed" mb={6}>
          {t(`tokens.kinds.${kind}.try`)}
        </Text>
        <CodeBlock code={firstCall(kind, window.location.origin, token)} label={t('tokens.try')} />
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('done')}</Button>
      </Group>
    </Stack>
  )
}
