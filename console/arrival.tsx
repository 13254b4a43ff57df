import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'

/** A page that is on its way has its title by then. */
const soonMs = 500

/** Tells those who hear the console where a link has led: a browser says so only when it loads a page itself. */
export function Arrival() {
  const { pathname } = useLocation()
  const first = useRef(pathname)
  const [title, setTitle] = useState('')
  useEffect(() => {
    if (pathname === first.current && title === '') return
    const timer = setTimeout(() => setTitle(document.title), soonMs)
    return () => clearTimeout(timer)
  }, [pathname, title])
  return <VisuallyHidden role="status">{title}</VisuallyHidden>
}
