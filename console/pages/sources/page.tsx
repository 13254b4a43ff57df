import { useParams } from 'react-router'
import { NewSource } from './new-source.tsx'
import { SourceView } from './source-view.tsx'

/** One source, or the making of a new one. */
export function Page() {
  const { id = '' } = useParams()
  return id === 'new' ? <NewSource /> : <SourceView key={id} id={id} />
}
