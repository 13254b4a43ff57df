/** Dialogs over a drawer: Escape closes the uppermost alone. */

/** How many lay over each other when Escape was pressed, asked before any of them hears it; 0 at other times. */
let atEscape = 0

/** To be called before any dialog is there: who listens first is told first. */
export function watchEscape(): void {
  window.addEventListener(
    'keydown',
    ({ key }) => {
      if (key !== 'Escape') return
      atEscape = document.querySelectorAll('[role="dialog"][aria-modal="true"]').length
      setTimeout(() => (atEscape = 0))
    },
    { capture: true },
  )
}

/** Closes a drawer, unless what was closed lay over it: its cross and the page beside it cannot be pressed then, only Escape. */
export function unlessCovered(close: () => void): () => void {
  return () => {
    if (atEscape <= 1) close()
  }
}
