import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { notifications, Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router/dom'
import { makeQueryClient } from './data/queries.ts'
import { problemText } from './parts/problem/text.ts'
import { Loading } from './parts/loading.tsx'
import { router } from './routes.tsx'
import { cssVariables, theme } from './theme.ts'

/** Everything around the pages: look, cache, notifications, and the router inside. */
export function App({ nonce }: { nonce: string }) {
  const { t } = useTranslation()
  const [client] = useState(() =>
    makeQueryClient((problem) =>
      notifications.show({ color: 'red', title: t('problem.title'), message: problemText(problem, t) }),
    ),
  )
  // Buttons with a cross have no words; these are theirs, in the reader's language.
  const named = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': t('close') } }
    const components = { Drawer: { defaultProps }, Modal: { defaultProps }, Notification: { defaultProps } }
    return mergeThemeOverrides(theme, { components })
  }, [t])
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <ModalsProvider>
          <Notifications position="bottom-right" />
          <Suspense fallback={<Loading />}>
            <RouterProvider router={router} />
          </Suspense>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}
