import type { RecordRef } from '../../model/index.ts'
import { activity, type Telling } from './telling.ts'

/** What is said around a record between two moments: mails, calls, chats, notes, follow-ups. */
export function converse(
  telling: Telling,
  record: RecordRef,
  {
    from,
    to,
    count,
    owner,
    email,
  }: { from: number; to: number; count: number; owner: string; email: string },
): void {
  const { random, time } = telling
  for (let index = 0; index < count; index++) {
    const at = time.between(from, to)
    random.pick(ways)(telling, { at, record, owner, email, to: ourAddress })
  }
}

const ourAddress = 'sales@team.example'

interface Occasion {
  at: number
  record: RecordRef
  owner: string
  email: string
  to: string
}

type Way = (telling: Telling, occasion: Occasion) => void

const mailReceived: Way = (telling, { at, record, email, to }) =>
  activity(telling, at, record, 'email_received', {
    from: email,
    to,
    ...telling.random.pick(telling.text.received),
  })

const mailSent: Way = (telling, { at, record, owner, email, to }) =>
  activity(
    telling,
    at,
    record,
    'email_sent',
    { from: to, to: email, ...telling.random.pick(telling.text.sent) },
    owner,
  )

const called: Way = (telling, { at, record }) =>
  activity(telling, at, record, 'call_received', {
    from: telling.text.phone.replaceAll('#', '1'),
    duration_s: telling.random.between(25, 1400),
  })

const chatted: Way = (telling, { at, record, email }) =>
  activity(telling, at, record, 'chat_message_received', {
    from: email,
    channel: telling.random.pick(['whatsapp', 'telegram', 'site']),
    text: telling.random.pick(telling.text.chats),
  })

const noted: Way = (telling, { at, record, owner }) =>
  activity(
    telling,
    at,
    record,
    'note_added',
    { text: telling.random.pick(telling.text.notes), user_id: owner },
    owner,
  )

const followedUp: Way = (telling, { at, record, owner }) =>
  activity(
    telling,
    at,
    record,
    'follow_up_logged',
    {
      method: telling.random.pick(['call', 'visit', 'meeting', 'e-mail']),
      ...telling.random.pick(telling.text.followUps),
      user_id: owner,
    },
    owner,
  )

/** Mails and follow-ups come more often. */
const ways: readonly Way[] = [
  mailReceived,
  mailReceived,
  mailSent,
  called,
  chatted,
  noted,
  followedUp,
  followedUp,
]
