/**
 * Sentences of the server that come without a code of their own: many refusals are a `conflict`, and why a webhook is
 * switched off is kept as a sentence. A test holds each of them against the server's own words, so that none goes stale
 * unseen.
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
