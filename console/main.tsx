import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startWords } from './i18n/index.ts'
import { markNotLoaded } from './parts/problem/not-loaded.ts'

/** What the server puts into the page for each answer: only styles that carry it are taken. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
// Where react-remove-scroll (behind modals) looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce })

addEventListener('vite:preloadError', ({ payload }) => markNotLoaded(payload))

await startWords()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App nonce={nonce} />
  </StrictMode>,
)
