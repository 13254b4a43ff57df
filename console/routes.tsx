import { createBrowserRouter, type RouteObject } from 'react-router'
import { Entrance, Members } from './gate.tsx'
import { NotFound } from './parts/not-found.tsx'
import { PageFailed } from './parts/page-failed.tsx'
import { Shell } from './shell.tsx'

/** Each page is loaded when it is first opened. */
const page = (path: string, load: () => Promise<{ Page: React.ComponentType }>): RouteObject => ({
  path,
  lazy: () => load().then(({ Page }) => ({ Component: Page }), failing),
  errorElement: <PageFailed />,
})

/** Fails when it is drawn: a `lazy` that fails itself leaves the router with an empty screen. */
function failing(error: Error) {
  return {
    Component() {
      throw error
    },
  }
}

/** Every address of the console. */
export const router = createBrowserRouter([
  {
    errorElement: <PageFailed />,
    hydrateFallbackElement: <></>,
    children: [
      {
        element: <Entrance />,
        children: [
          page('/sign-in', () => import('./pages/sign-in/page.tsx')),
          page('/setup', () => import('./pages/set-up/page.tsx')),
          page('/join', () => import('./pages/join/page.tsx')),
          page('/shared/:token', () => import('./pages/shared/page.tsx')),
        ],
      },
      {
        element: <Members />,
        children: [
          page('/welcome', () => import('./pages/welcome/page.tsx')),
          {
            element: <Shell />,
            children: [
              page('/', () => import('./pages/overview/page.tsx')),
              page('/pipelines', () => import('./pages/pipelines/page.tsx')),
              page('/pipelines/:kind/:id', () => import('./pages/pipelines/page.tsx')),
              page('/records/:kind', () => import('./pages/records/list-page.tsx')),
              page('/records/:kind/:id', () => import('./pages/records/page.tsx')),
              page('/webhooks', () => import('./pages/webhooks/list-page.tsx')),
              page('/webhooks/new', () => import('./pages/webhook-form/page.tsx')),
              page('/webhooks/:id', () => import('./pages/webhooks/page.tsx')),
              page('/webhooks/:id/edit', () => import('./pages/webhook-form/page.tsx')),
              page('/history', () => import('./pages/history/page.tsx')),
              page('/history/:id', () => import('./pages/history/page.tsx')),
              page('/replays', () => import('./pages/replays/page.tsx')),
              page('/events', () => import('./pages/events/list-page.tsx')),
              page('/events/:id', () => import('./pages/events/page.tsx')),
              page('/inspector', () => import('./pages/inspector/page.tsx')),
              page('/inspector/:id', () => import('./pages/inspector/page.tsx')),
              page('/sources', () => import('./pages/sources/list-page.tsx')),
              page('/sources/:id', () => import('./pages/sources/page.tsx')),
              page('/settings/account', () => import('./pages/settings/account-page.tsx')),
              page('/settings/profile', () => import('./pages/settings/profile-page.tsx')),
              page('/settings/members', () => import('./pages/settings/members-page.tsx')),
              page('/settings/tokens', () => import('./pages/settings/tokens-page.tsx')),
              page('/settings/names', () => import('./pages/settings/names-page.tsx')),
              page('/settings/audit', () => import('./pages/settings/audit-page.tsx')),
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
])
