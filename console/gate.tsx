import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { MemberContext, sessionQuery } from './data/session.ts'
import { speak } from './i18n/index.ts'
import { Loading } from './parts/loading.tsx'

/** Lets members in; others are asked to sign in first and come back to where they wanted to go. */
export function Members() {
  const { data } = useSuspenseQuery(sessionQuery)
  const { pathname, search } = useLocation()
  const { i18n } = useTranslation()
  const language = data.member?.language
  // Only when the member's choice changes: what is chosen later, here, stands.
  const follow = useEffectEvent((wanted: typeof language) => {
    if (wanted && wanted !== i18n.language) void speak(wanted)
  })
  useEffect(() => follow(language), [language])
  if (!data.member) {
    return <Navigate replace to={`/sign-in?${new URLSearchParams({ to: `${pathname}${search}` })}`} />
  }
  return (
    <MemberContext value={data.member}>
      <Outlet />
    </MemberContext>
  )
}

/** Pages in front of the door: nobody needs to be signed in. */
export function Entrance() {
  return (
    <Suspense fallback={<Loading />}>
      <Outlet />
    </Suspense>
  )
}
