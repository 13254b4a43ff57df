/** What is called the same in every account: the parts of events and of the things around them, for people. */
import type { Text } from '../../model/index.ts'

export const text = (en: string, ru: string, pl: string, ptBR: string): Text => ({
  en,
  ru,
  pl,
  'pt-BR': ptBR,
})

/** Whole paths. */
export const pathTitles: Readonly<Record<string, Text>> = {
  'event.id': text('Id of the event', 'Id события', 'Id zdarzenia', 'Id do evento'),
  'event.type': text('Type of the event', 'Тип события', 'Typ zdarzenia', 'Tipo do evento'),
  'event.external_id': text(
    "The CRM's own id of the event",
    'Собственный id события в CRM',
    'Własny id zdarzenia w CRM',
    'Id do evento no próprio CRM',
  ),
  'event.occurred_at': text('When it happened', 'Когда произошло', 'Kiedy to się stało', 'Quando aconteceu'),
  'event.received_at': text(
    'When the event was accepted',
    'Когда событие принято',
    'Kiedy przyjęto zdarzenie',
    'Quando o evento foi aceito',
  ),
  'event.sequence': text(
    'Number of the event, counted per record',
    'Номер события по порядку для этой записи',
    'Numer zdarzenia, liczony dla rekordu',
    'Número do evento, contado por registro',
  ),
  'event.source': text(
    'Where the change came from',
    'Откуда пришло изменение',
    'Skąd pochodzi zmiana',
    'De onde veio a alteração',
  ),
  'event.bulk': text(
    'Whether it is one of many changes made at once',
    'Одно из многих изменений, сделанных сразу',
    'Czy to jedna z wielu zmian wykonanych naraz',
    'Se é uma de muitas alterações feitas de uma vez',
  ),
  'event.correlation_id': text(
    'Shared by all events of one change',
    'Общий для всех событий одного изменения',
    'Wspólny dla wszystkich zdarzeń jednej zmiany',
    'Comum a todos os eventos de uma alteração',
  ),
  'event.caused_by': text(
    'The event behind it, where a webhook set it off',
    'Исходное событие, если изменение вызвано вебхуком',
    'Zdarzenie, które je wywołało, jeśli zrobił to webhook',
    'O evento de origem, quando um webhook o provocou',
  ),
  current: text(
    "The record's fields after the change",
    'Поля записи после изменения',
    'Pola rekordu po zmianie',
    'Campos do registro depois da alteração',
  ),
  previous: text(
    'Earlier values of what changed',
    'Прежние значения того, что изменилось',
    'Wcześniejsze wartości tego, co się zmieniło',
    'Valores anteriores do que mudou',
  ),
  data: text(
    'What the event itself tells',
    'Данные самого события',
    'Dane samego zdarzenia',
    'Dados do próprio evento',
  ),
  'record.kind': text('Kind of the record', 'Вид записи', 'Rodzaj rekordu', 'Tipo do registro'),
  'record.id': text('Id of the record', 'Id записи', 'Id rekordu', 'Id do registro'),
  'actor.kind': text(
    'Who made the change: user, api, automation or system',
    'Кто внёс изменение: user, api, automation или system',
    'Kto dokonał zmiany: user, api, automation lub system',
    'Quem fez a alteração: user, api, automation ou system',
  ),
  'actor.id': text(
    'Id of the user who made the change',
    'Id пользователя, внёсшего изменение',
    'Id użytkownika, który dokonał zmiany',
    'Id do usuário que fez a alteração',
  ),
  'webhook.id': text('Id of the webhook', 'Id вебхука', 'Id webhooka', 'Id do webhook'),
  'webhook.name': text('Name of the webhook', 'Название вебхука', 'Nazwa webhooka', 'Nome do webhook'),
  'webhook.description': text(
    'Description of the webhook',
    'Описание вебхука',
    'Opis webhooka',
    'Descrição do webhook',
  ),
  'account.id': text('Id of the account', 'Id аккаунта', 'Id konta', 'Id da conta'),
  'account.subdomain': text(
    'Subdomain of the account',
    'Поддомен аккаунта',
    'Subdomena konta',
    'Subdomínio da conta',
  ),
}

/** What events tell beyond the record's fields, and what related things are described by. */
export const nameTitles: Readonly<Record<string, Text>> = {
  id: text('Id', 'Id', 'Id', 'Id'),
  name: text('Name', 'Название', 'Nazwa', 'Nome'),
  type: text('Type', 'Тип', 'Typ', 'Tipo'),
  email: text('E-mail', 'Эл. почта', 'E-mail', 'E-mail'),
  phone: text('Phone', 'Телефон', 'Telefon', 'Telefone'),
  tag: text('Tag', 'Тег', 'Tag', 'Etiqueta'),
  changed: text(
    'Names of the changed fields',
    'Имена изменённых полей',
    'Nazwy zmienionych pól',
    'Nomes dos campos alterados',
  ),
  reason: text('Reason', 'Причина', 'Powód', 'Motivo'),
  user_ids: text('Ids of the users', 'Id пользователей', 'Id użytkowników', 'Ids dos usuários'),
  user_id: text('Id of the user', 'Id пользователя', 'Id użytkownika', 'Id do usuário'),
  from: text('From', 'От кого', 'Od', 'De'),
  to: text('To', 'Кому', 'Do', 'Para'),
  subject: text('Subject', 'Тема', 'Temat', 'Assunto'),
  text: text('Text', 'Текст', 'Treść', 'Texto'),
  duration_s: text(
    'Duration in seconds',
    'Длительность в секундах',
    'Czas trwania w sekundach',
    'Duração em segundos',
  ),
  recording_url: text(
    'Address of the recording',
    'Ссылка на запись разговора',
    'Adres nagrania',
    'Endereço da gravação',
  ),
  channel: text('Channel', 'Канал', 'Kanał', 'Canal'),
  url: text('Address', 'Адрес', 'Adres', 'Endereço'),
  title: text('Title', 'Заголовок', 'Tytuł', 'Título'),
  referrer: text('Came from the page', 'Перешёл со страницы', 'Strona odsyłająca', 'Página de origem'),
  method: text('How', 'Способ', 'Sposób', 'Meio'),
  result: text('Result', 'Результат', 'Wynik', 'Resultado'),
  next_at: text('Next contact', 'Следующий контакт', 'Następny kontakt', 'Próximo contato'),
  webhook_id: text('Id of the webhook', 'Id вебхука', 'Id webhooka', 'Id do webhook'),
  webhook_name: text('Name of the webhook', 'Название вебхука', 'Nazwa webhooka', 'Nome do webhook'),
  failures_in_a_row: text(
    'Failed attempts in a row',
    'Неудачных попыток подряд',
    'Nieudane próby z rzędu',
    'Tentativas seguidas com falha',
  ),
  delivery_id: text('Id of the delivery', 'Id доставки', 'Id dostarczenia', 'Id da entrega'),
  event_id: text('Id of the event', 'Id события', 'Id zdarzenia', 'Id do evento'),
  event_type: text('Type of the event', 'Тип события', 'Typ zdarzenia', 'Tipo do evento'),
  status_code: text('Status of the answer', 'Код ответа', 'Kod odpowiedzi', 'Código da resposta'),
}

/** For a value as it was before the change; `X` is the title. */
export const before = text('X (before)', 'X (до изменения)', 'X (przed zmianą)', 'X (antes)')
