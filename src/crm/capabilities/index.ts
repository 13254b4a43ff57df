/** What a kind of record can do: one file each, and one line here. */
import type { Capability } from '../capability.ts'
import { archivable } from './archivable.ts'
import { completable } from './completable.ts'
import { conversational } from './conversational.ts'
import { followable } from './followable.ts'
import { lifecycle } from './lifecycle.ts'
import { owned } from './owned.ts'
import { periodic } from './periodic.ts'
import { scored } from './scored.ts'
import { shareable } from './shareable.ts'
import { staged } from './staged.ts'
import { tagged } from './tagged.ts'
import { visited } from './visited.ts'

/** All of them, in the order in which one write's events are told. */
export const capabilities: Capability[] = [
  lifecycle,
  staged,
  owned,
  tagged,
  shareable,
  archivable,
  periodic,
  scored,
  completable,
  followable,
  conversational,
  visited,
]
