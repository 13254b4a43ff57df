import type { CrmEvent, Json } from '../model/index.ts'
import {
  accountId,
  company,
  companyName,
  createdAtKey,
  createdBy,
  dateCreate,
  id,
  idOf,
  lastModified,
  linkedLeads,
  modifiedBy,
  name,
  oldIdOf,
  oldResponsible,
  oldStatusId,
  ownTime,
  plain,
  responsible,
  statusId,
  tags,
  updatedAt,
  type Key,
} from './amocrm-account-keys.ts'
import { idText } from './amocrm-ids.ts'
import { ownField } from './own-field.ts'

/** A kind of record as amoCRM's account webhooks know it. */
export interface Entity {
  name: 'leads' | 'contacts' | 'customers' | 'task'
  /** Contacts and companies both arrive under `contacts`, told apart by their type; a lead says its own when it is deleted. */
  type: 'lead' | 'contact' | 'company' | null
  /** amoCRM's number for it, as notes and tasks name what they belong to. */
  elementType: string
  /** Our actions → amoCRM's. Those of `webhooks-api#webhooks-available-actions`; what it has no action for is an update. */
  actions: ReadonlyMap<string, string>
  /** In their order. */
  keys: readonly Key[]
  /** Fields of ours that it must not see twice, beside those of its keys. */
  holdsBack: readonly string[]
}

const elementTypes = { contact: '1', lead: '2', company: '3', task: '4', customer: '12' }

const changes: [string, string][] = [
  ['created', 'add'],
  ['updated', 'update'],
  ['tagged', 'update'],
  ['untagged', 'update'],
  ['deleted', 'delete'],
  ['reassigned', 'responsible'],
]
const restored: [string, string] = ['restored', 'restore']
const noteAdded: [string, string] = ['note_added', 'note']
const scoreChanged: [string, string] = ['score_changed', 'update']
const periodChanged: [string, string] = ['period_changed', 'update']

const lead: Entity = {
  name: 'leads',
  type: 'lead',
  elementType: elementTypes.lead,
  actions: new Map([
    ...changes,
    restored,
    noteAdded,
    scoreChanged,
    periodChanged,
    ['stage_changed', 'status'],
  ]),
  keys: [
    id,
    name,
    statusId,
    oldStatusId,
    plain('price'),
    responsible,
    oldResponsible,
    lastModified,
    modifiedBy,
    createdBy,
    dateCreate,
    idOf('pipeline_id'),
    oldIdOf('old_pipeline_id', 'pipeline_id', 'stage_changed'),
    accountId,
    createdAtKey,
    updatedAt,
    ownTime('closed_at'),
    ownTime('closest_task_at'),
    idOf('main_contact_id', 'contact_id'),
    company,
    tags,
  ],
  holdsBack: [],
}

const person = [
  id,
  name,
  responsible,
  oldResponsible,
  lastModified,
  modifiedBy,
  createdBy,
  dateCreate,
  accountId,
  createdAtKey,
  updatedAt,
]

const contact: Entity = {
  name: 'contacts',
  type: 'contact',
  elementType: elementTypes.contact,
  actions: new Map([...changes, restored, noteAdded, scoreChanged]),
  keys: [...person, companyName, company, linkedLeads, tags],
  holdsBack: [],
}

const companyEntity: Entity = {
  name: 'contacts',
  type: 'company',
  elementType: elementTypes.company,
  actions: new Map([...changes, restored, noteAdded]),
  keys: [...person, linkedLeads, tags],
  holdsBack: [],
}

const customer: Entity = {
  name: 'customers',
  type: null,
  elementType: elementTypes.customer,
  // There is no action for a customer's stage or period among the account's: both are updates there.
  actions: new Map([...changes, noteAdded, scoreChanged, periodChanged, ['stage_changed', 'update']]),
  keys: [
    ...person,
    statusId,
    idOf('period_id'),
    oldIdOf('old_period_id', 'period_id', 'period_changed'),
    plain('next_price'),
    ownTime('next_date'),
    idOf('main_contact_id', 'contact_id'),
    company,
    tags,
  ],
  holdsBack: [],
}

/** What a task is about: as amoCRM's own fields say, else the first link that is set. */
const subjects: [field: string, elementType: string][] = [
  ['lead_id', elementTypes.lead],
  ['contact_id', elementTypes.contact],
  ['company_id', elementTypes.company],
  ['customer_id', elementTypes.customer],
]
function subjectOf({ current }: CrmEvent): { id: Json; elementType: Json } | null {
  const elementId = ownField(current, 'element_id')
  if (elementId != null) return { id: elementId, elementType: ownField(current, 'element_type') ?? null }
  for (const [field, elementType] of subjects) {
    const linked = idText(ownField(current, field))
    if (linked !== null) return { id: linked, elementType }
  }
  return null
}

const task: Entity = {
  name: 'task',
  type: null,
  elementType: elementTypes.task,
  actions: new Map([
    ['created', 'add'],
    ['updated', 'update'],
    ['completed', 'update'],
    ['uncompleted', 'update'],
    ['deleted', 'delete'],
    ['reassigned', 'responsible'],
  ]),
  keys: [
    id,
    { name: 'element_id', fields: ['element_id'], kind: 'id', read: (event) => subjectOf(event)?.id },
    {
      name: 'element_type',
      fields: ['element_type'],
      kind: 'id',
      read: (event) => subjectOf(event)?.elementType,
    },
    idOf('task_type'),
    plain('text', 'name'),
    {
      name: 'status',
      fields: ['completed'],
      kind: 'id',
      read: ({ current }) => (ownField(current, 'completed') === true ? '1' : '0'),
    },
    responsible,
    oldResponsible,
    ownTime('complete_till'),
    lastModified,
    modifiedBy,
    createdBy,
    dateCreate,
    accountId,
    createdAtKey,
    updatedAt,
  ],
  holdsBack: subjects.map(([field]) => field),
}

/** By our kinds. */
export const accountEntities: ReadonlyMap<string, Entity> = new Map([
  ['lead', lead],
  ['contact', contact],
  ['company', companyEntity],
  ['customer', customer],
  ['task', task],
])
