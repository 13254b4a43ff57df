import { useEffect, useState } from 'react'

/**
 * Brings the keyboard back to where it was when a dialog opened. Mantine does so for dialogs that stay mounted while they
 * are closed; one that is mounted open and goes away would leave it at the top of the page.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement === document.body) placeOf(opener)?.focus({ preventScroll: true })
      })
    },
    [opener],
  )
}

/** An entry of a menu is gone with its menu: the button that opened that is still there. */
function placeOf(opener: Element | null): HTMLElement | null {
  const menu = opener?.closest('[role="menu"]')
  const place = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : opener
  return place instanceof HTMLElement && place.isConnected ? place : null
}
