/**
 * The calls that the log notes, by what they are about: each has a sentence in `settings.json`. A call that is not here is
 * shown by its name.
 */
export const auditActions = {
  webhook: [
    'createWebhook',
    'updateWebhook',
    'deleteWebhook',
    'enableWebhook',
    'disableWebhook',
    'pauseWebhook',
    'resumeWebhook',
    'duplicateWebhook',
    'testWebhook',
    'testWebhookDraft',
    'rotateSigningSecret',
    'createShareLink',
    'deleteShareLink',
  ],
  delivery: ['replayDelivery', 'cancelDelivery'],
  replay: ['startReplay', 'cancelReplay'],
  record: ['eraseRecord'],
  pipeline: ['createPipeline', 'putPipeline', 'deletePipeline'],
  field: ['createField', 'putField', 'deleteField'],
  user: ['createUser', 'putUser', 'deleteUser'],
  kind: ['putKind', 'deleteKind'],
  event_type: ['putEventType', 'deleteEventType'],
  source: ['createSource', 'updateSource', 'deleteSource'],
  inspector: ['createInspector', 'updateInspector', 'deleteInspector', 'clearInspectorRequests'],
  import: ['createImport', 'cancelImport'],
  member: [
    'inviteMember',
    'updateMember',
    'deleteMember',
    'renewInvitation',
    'setUp',
    'join',
    'signIn',
    'changePassword',
  ],
  token: ['createToken', 'deleteToken'],
  account: ['createAccount', 'updateAccount'],
  demo: ['loadDemo', 'removeDemo'],
} as const

export type SubjectKind = keyof typeof auditActions
export type AuditAction = (typeof auditActions)[SubjectKind][number]

export const subjectKinds = Object.keys(auditActions) as SubjectKind[]
const known = new Set<string>(Object.values(auditActions).flat())

export function isSubjectKind(kind: string): kind is SubjectKind {
  return Object.hasOwn(auditActions, kind)
}

export function isAuditAction(action: string): action is AuditAction {
  return known.has(action)
}
