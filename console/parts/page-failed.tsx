import { Box } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { useNavigate, useRouteError } from 'react-router'
import { ApiProblem } from '../data/client.ts'
import { NotFound } from './not-found.tsx'
import { ProblemAlert } from './problem/alert.tsx'

/** In the place of a page that could not be shown. */
export function PageFailed() {
  const error = useRouteError()
  const navigate = useNavigate()
  const { reset } = useQueryErrorResetBoundary()
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />
  const retry = () => {
    reset()
    void navigate(0)
  }
  return (
    <Box maw={640} mx="auto" py="xl" px="md">
      <ProblemAlert problem={error instanceof Error ? error : new Error(String(error))} retry={retry} />
    </Box>
  )
}
