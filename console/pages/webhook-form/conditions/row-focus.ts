/** Where the keyboard goes on once what had its focus is removed. */

export function groupAround(element: Element | null | undefined): HTMLElement | null {
  return element?.closest<HTMLElement>('[data-group]') ?? null
}

/** To the button that adds a row, of the group around the element. */
export function focusAddRow(element: Element | null | undefined): void {
  groupAround(element)?.querySelector<HTMLElement>(':scope > div > [data-add-row]')?.focus()
}
