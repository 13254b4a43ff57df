/** Where the keyboard goes on after a row of a list was added or taken away. `box` holds the list and the button that adds. */

/** In the row that was added last. */
export function focusLastRow(box: HTMLElement | null): void {
  focusSoon(box, ':is(ul, ol) > li:last-child input')
}

/**
 * On the button `data-remove` of the row that took the place of the one that goes with this button; where there is none, on
 * the button that adds one.
 */
export function focusAfterRemoval(button: HTMLElement): void {
  const row = button.closest('li')
  const list = row?.parentElement
  if (!row || !list) return
  const index = Math.min([...list.children].indexOf(row), list.children.length - 2)
  focusSoon(
    list.parentElement,
    index < 0 ? 'button' : `:is(ul, ol) > li:nth-child(${index + 1}) [data-remove]`,
  )
}

/** Once what was changed is drawn. */
function focusSoon(box: HTMLElement | null, selector: string): void {
  requestAnimationFrame(() => box?.querySelector<HTMLElement>(selector)?.focus())
}
