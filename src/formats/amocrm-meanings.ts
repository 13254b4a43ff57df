import type { Text } from '../model/index.ts'
import type { KeyMeaning } from './format.ts'

const title = (en: string, ru: string, pl: string, ptBR: string): Text => ({ en, ru, pl, 'pt-BR': ptBR })

const seconds = title(
  'Unix time in seconds.',
  'Unix-время в секундах.',
  'Czas uniksowy w sekundach.',
  'Hora Unix em segundos.',
)
const created: KeyMeaning = {
  title: title('When it was created', 'Когда создано', 'Kiedy utworzono', 'Quando foi criado'),
  note: seconds,
}
const changed: KeyMeaning = {
  title: title('When it was changed', 'Когда изменено', 'Kiedy zmieniono', 'Quando foi alterado'),
  note: seconds,
}

/** By the name of the key, whatever entity it is of. */
const byName = new Map<string, KeyMeaning>([
  ['id', { field: 'record.id' }],
  ['name', { field: 'current.name' }],
  ['price', { field: 'current.price' }],
  ['tags', { field: 'current.tags' }],
  ['status_id', { field: 'current.stage_id' }],
  ['old_status_id', { field: 'data.old_stage_id' }],
  ['pipeline_id', { field: 'current.pipeline_id' }],
  ['old_pipeline_id', { field: 'data.old_pipeline_id' }],
  ['period_id', { field: 'current.period_id' }],
  ['old_period_id', { field: 'data.old_period_id' }],
  ['responsible_user_id', { field: 'current.owner_id' }],
  ['old_responsible_user_id', { field: 'data.old_owner_id' }],
  ['main_contact_id', { field: 'current.contact_id' }],
  ['linked_company_id', { field: 'current.company_id' }],
  ['company_name', { field: 'company.name' }],
  [
    'modified_user_id',
    { title: title('Who changed it', 'Кто изменил', 'Kto zmienił', 'Quem alterou'), note: robotNote() },
  ],
  [
    'created_user_id',
    { title: title('Who created it', 'Кто создал', 'Kto utworzył', 'Quem criou'), note: robotNote() },
  ],
  ['account_id', { field: 'account.id' }],
  ['date_create', created],
  ['created_at', created],
  ['last_modified', changed],
  ['updated_at', changed],
  ['type', { field: 'record.kind' }],
  [
    'text',
    {
      title: title(
        'Text of the note or task',
        'Текст примечания или задачи',
        'Treść notatki lub zadania',
        'Texto da nota ou tarefa',
      ),
    },
  ],
])

function robotNote(): Text {
  return title(
    '0 where no person did it.',
    '0, если это сделал не человек.',
    '0, jeśli nie zrobił tego człowiek.',
    '0 quando não foi uma pessoa.',
  )
}

const account = new Map<string, KeyMeaning>([
  ['account.id', { field: 'account.id' }],
  ['account.subdomain', { field: 'account.subdomain' }],
  [
    'account._links.self',
    { title: title("The account's address", 'Адрес аккаунта', 'Adres konta', 'Endereço da conta') },
  ],
])

const otherField: KeyMeaning = {
  title: title(
    'Another field of the record',
    'Другое поле записи',
    'Inne pole rekordu',
    'Outro campo do registro',
  ),
}

/** What a key of amoCRM's bodies means: `leads.status.0.status_id`. */
export function amocrmMeaning(key: string): KeyMeaning | null {
  const [, , , name = '', rest] = key.split('.')
  if (name === 'custom_fields') return otherField
  if (name === 'tags' && rest !== undefined) return byName.get('tags')!
  return account.get(key) ?? byName.get(name === 'note' ? (rest ?? '') : name) ?? null
}
