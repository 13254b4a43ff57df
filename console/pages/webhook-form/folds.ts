/** Which parts of the form are open, and the way to a field wherever it stands. */
import { createContext, use, useEffect, useMemo, useState } from 'react'
import { type Fold, foldOf, outwards } from './places.ts'

export interface Folds {
  isOpen: (fold: Fold) => boolean
  toggle: (fold: Fold) => void
  /** Opens all that hold one of these paths. */
  openFor: (paths: string[]) => void
  /** Opens what hides the field, brings it into view and puts the cursor into it. */
  goTo: (path: string) => void
}

export function useFoldsState(start: readonly Fold[]): Folds {
  const [open, setOpen] = useState<ReadonlySet<Fold>>(() => new Set(start))
  // An object, so that going to the same field twice goes there twice.
  const [target, setTarget] = useState<{ path: string } | null>(null)
  useEffect(() => {
    if (target) focusField(target.path)
  }, [target])
  return useMemo(() => {
    const openFor = (paths: string[]) =>
      setOpen((before) => new Set([...before, ...paths.map(foldOf).filter((fold) => fold !== null)]))
    return {
      isOpen: (fold) => open.has(fold),
      toggle: (fold) =>
        setOpen((before) =>
          before.has(fold) ? new Set([...before].filter((one) => one !== fold)) : new Set([...before, fold]),
        ),
      openFor,
      goTo(path) {
        openFor([path])
        setTarget({ path })
      },
    }
  }, [open])
}

const focusable = 'input:not([type=hidden]), textarea, select, button, [tabindex]'

function focusField(path: string): void {
  for (const place of outwards(path)) {
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(place)}"]`)
    if (!field) continue
    if (!isInView(field)) field.scrollIntoView({ block: 'center' })
    const inside = field.matches(focusable) ? field : (field.querySelector<HTMLElement>(focusable) ?? field)
    inside.focus({ preventScroll: true })
    return
  }
}

/** Between the header and the bar that saves: there it need not move. */
function isInView(field: HTMLElement): boolean {
  const { top, bottom } = field.getBoundingClientRect()
  return top >= 80 && bottom <= window.innerHeight - 96
}

export const FoldsContext = createContext<Folds | null>(null)

export function useFolds(): Folds {
  const folds = use(FoldsContext)
  if (!folds) throw new Error('There is no webhook form around this.')
  return folds
}
