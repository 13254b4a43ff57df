import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { confirmDanger } from '../../../parts/confirm.tsx'
import { problemText } from '../../../parts/problem/text.ts'

/** Asks, deletes, and says why where the server refuses: webhooks that name it, for instance. */
export function useDeleteWithQuestion() {
  const { t } = useTranslation(['settings', 'common'])
  return (title: string, about: string, run: (tell: { onError: (problem: Error) => void }) => void) =>
    confirmDanger({
      title,
      about,
      yes: t('common:delete'),
      no: t('common:cancel'),
      onYes: () =>
        run({
          onError: (problem) =>
            notifications.show({
              color: 'red',
              title: t('common:problem.title'),
              message: problemText(problem, t),
            }),
        }),
    })
}
