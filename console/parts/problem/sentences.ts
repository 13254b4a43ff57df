/**
 * Sentences of the server that come without a code of their own: many refusals are a `conflict`, and a source keeps its
 * problems as sentences. A test holds each of them against the server's own words, so that none goes stale unseen.
 */
const sentences: [sentence: RegExp, key: string][] = [
  [/^The demo is loaded already\./, 'said.demoLoaded'],
  [/^This account has records or webhooks of its own, and the demo would mix/, 'said.demoMixes'],
  [/^This account has pipelines, fields or users that the demo would replace\./, 'said.demoReplaces'],
  [/^One of its deliveries is being sent at this moment\./, 'said.demoBusy'],
  [/^This account has no demo data\.$/, 'said.demoGone'],

  [/^Somebody else changed this webhook at the same moment\./, 'said.changedMeanwhile'],
  [/^This webhook is disabled, not paused\./, 'said.notPaused'],
  [/^This webhook is disabled, so nothing of it is sent\./, 'said.switchedOff'],
  [/^This webhook has (?<count>\S+) share links already\./, 'said.linksFull'],
  [/^The event of this delivery is no longer kept\.$/, 'said.eventForgotten'],
  [/^This delivery is \S+: it is not settled yet/, 'said.stillSent'],
  [/^This delivery is settled already/, 'said.settled'],
  [/^This replay has ended already/, 'said.replayOver'],
  [/^This import is \S+ already\./, 'said.importOver'],
  [/^This account has (?<count>\S+) deliveries that are not settled\./, 'said.backlog'],

  [/^There is a (?:pipeline|field|user) "(?<name>.*)".* already\. Use PUT/, 'said.exists'],
  [/^There are records of the kind "(?<name>.*)"\./, 'said.kindHasRecords'],
  [/^The event type "(?<name>.*)" is of this kind\./, 'said.kindHasEvents'],
  [/^The field "(?<name>.*)" links to this kind\./, 'said.kindIsLinked'],
  [/^Webhooks name its events: (?<names>.*)\. Change or delete them first\.$/, 'said.usedByWebhooks'],

  [/^E-mail and password do not go together\./, 'said.wrongPair'],
  [/^Your session has ended\./, 'said.sessionEnded'],
  [/^This link does not work, or was used\./, 'said.setupLinkOver'],
  [/^This link does not work any more:/, 'said.invitationOver'],
  [/^Too many tries\. Wait (?<count>\S+) /, 'said.tries'],
  [/^This needs one of these roles:/, 'said.roleTooLow'],
  [/^You may not make a token of the kind/, 'said.tokenTooStrong'],

  [/^"(?<value>.*)" was not understood\. The call is kept\.$/, 'code.notUnderstood'],
  [/^The body is JSON, but not an object\.$/, 'code.notUnderstood'],
  [/^The body is not what \/t\.js sends\.$/, 'code.notUnderstood'],
  [/^The call says nothing about any record\.$/, 'code.empty'],
  [/^The body is empty\.$/, 'code.empty'],
  [/^The body is not valid JSON\.$/, 'code.notJson'],
  [/^The body is not UTF-8\.$/, 'code.notUtf8'],
  [/^The body nests more than \S+ deep\.$/, 'code.tooDeep'],
  [/^(?:A key|A text|This) holds (?:a )?NUL/, 'code.badText'],
  [/^(?<place>[\w.*]+): Nothing was found/, 'code.missing'],
  [/^(?<place>[\w.*]+): Say what "(?<value>.*)" means\.$/, 'code.unknownWord'],
  [/^(?<place>[\w.*]+): Send ISO 8601/, 'code.badTime'],
  [/^Nothing stands at "(?<value>.*)"\.$/, 'code.noItems'],
  [/^At most \S+ items are taken in one call\./, 'code.tooManyItems'],
  [/^The call speaks of more than \S+ things\./, 'code.tooManyItems'],
  [/^This source takes "(?<value>.*)", and the call /, 'code.otherAccount'],
  [/^This token was not signed with the secret of this source\.$/, 'code.badVisitor'],
  [/^This is not the address of a page\.$/, 'code.badUrl'],
  [/^Its id is not 1 to 200 characters/, 'code.badId'],
  [/^There is no kind "(?<value>.*)"\./, 'code.unknownKind'],
  [/^A \S+ has no activity "(?<value>.*)"\./, 'code.unknownActivity'],
  [/^This account has no pipeline "(?<value>.*)", and it is strict\./, 'code.unknownPipeline'],
  [/^This account has no stage "(?<value>.*)", and it is strict\./, 'code.unknownStage'],
  [/^This account has no user "(?<value>.*)", and it is strict\./, 'code.unknownUser'],
  [/^A record holds at most \S+ fields\.$/, 'code.tooManyFields'],
  [/^"(?<value>.*)" must be /, 'code.wrongType'],

  [/^by a user$/, 'status.byUser'],
  [/^a copy that nobody has switched on yet$/, 'status.copy'],
  [/^the receiver answered 410 Gone$/, 'status.gone'],
  [/^(?<count>\S+) failed attempts in a row$/, 'status.failures'],
  [/^failing since (?<moment>\S+)$/, 'status.failingSince'],
]

/** Which words of `problems` say this, and what the sentence names; null where it is not known. */
export function knownSentence(message: string): { key: string; named: Record<string, string> } | null {
  for (const [sentence, key] of sentences) {
    const match = sentence.exec(message)
    if (match) return { key, named: { ...match.groups } }
  }
  return null
}

/** For the test that holds them against the server's words. */
export const knownSentences: readonly (readonly [sentence: RegExp, key: string])[] = sentences
