import { findRetryPolicy } from '../../retry/index.ts'
import type { Language, Text, Webhook } from '../../model/index.ts'
import { text } from './field-words.ts'

/** What a receiver has to know, in sentences. `{…}` is filled in. */
const sentences = {
  answer: text(
    'Answer with a status from 200 to 299 within {time}; what the answer says does not matter. Do longer work afterwards.',
    'Ответьте кодом от 200 до 299 не позже чем через {time}; содержание ответа не важно. Долгую работу выполняйте после ответа.',
    'Odpowiedz kodem od 200 do 299 w ciągu {time}; treść odpowiedzi nie ma znaczenia. Dłuższą pracę wykonaj po odpowiedzi.',
    'Responda com um código de 200 a 299 em até {time}; o conteúdo da resposta não importa. Faça o trabalho demorado depois.',
  ),
  redirects: text(
    'Redirects are not followed: a 3xx counts as a failure.',
    'Перенаправления не выполняются: ответ 3xx считается ошибкой.',
    'Przekierowania nie są wykonywane: odpowiedź 3xx to błąd.',
    'Redirecionamentos não são seguidos: um 3xx conta como falha.',
  ),
  retried: text(
    'Anything else, and no answer in time, is tried again: the waits between tries are about {waits}.',
    'При любом другом ответе или его отсутствии запрос повторяется: паузы между попытками примерно {waits}.',
    'Przy każdej innej odpowiedzi lub jej braku żądanie jest ponawiane: przerwy między próbami to około {waits}.',
    'Qualquer outra resposta, ou nenhuma a tempo, leva a novas tentativas: as esperas entre elas são de cerca de {waits}.',
  ),
  once: text(
    'Every request is sent once. It is not tried again, whatever you answer.',
    'Каждый запрос отправляется один раз. Повторов не будет, что бы вы ни ответили.',
    'Każde żądanie jest wysyłane jeden raz. Nie będzie ponowione, niezależnie od odpowiedzi.',
    'Cada requisição é enviada uma única vez. Não há nova tentativa, seja qual for a resposta.',
  ),
  wait: text(
    'With 429 or 503 and the header Retry-After you say how long to wait.',
    'Кодом 429 или 503 с заголовком Retry-After вы указываете, сколько подождать.',
    'Kodem 429 lub 503 z nagłówkiem Retry-After określasz, jak długo czekać.',
    'Com 429 ou 503 e o cabeçalho Retry-After você diz quanto tempo esperar.',
  ),
  gone: text(
    '410 Gone switches the webhook off.',
    'Ответ 410 Gone отключает вебхук.',
    'Odpowiedź 410 Gone wyłącza webhook.',
    'A resposta 410 Gone desativa o webhook.',
  ),
  duplicates: text(
    'The same request can come more than once, always with the same header webhook-id: remember which ones you have handled.',
    'Один и тот же запрос может прийти несколько раз, всегда с одним и тем же заголовком webhook-id: запоминайте, какие вы уже обработали.',
    'To samo żądanie może przyjść więcej niż raz, zawsze z tym samym nagłówkiem webhook-id: zapamiętuj, które zostały już obsłużone.',
    'A mesma requisição pode chegar mais de uma vez, sempre com o mesmo cabeçalho webhook-id: guarde quais você já tratou.',
  ),
  inOrder: text(
    'Requests about one record come one after the other, in the order in which things happened.',
    'Запросы об одной записи приходят один за другим, в том порядке, в каком происходили события.',
    'Żądania dotyczące jednego rekordu przychodzą jedno po drugim, w kolejności zdarzeń.',
    'As requisições sobre um registro chegam uma após a outra, na ordem dos acontecimentos.',
  ),
  anyOrder: text(
    'Requests can overtake each other: a later one may come first.',
    'Запросы могут обгонять друг друга: более поздний может прийти раньше.',
    'Żądania mogą się wyprzedzać: późniejsze może przyjść wcześniej.',
    'As requisições podem se ultrapassar: uma posterior pode chegar primeiro.',
  ),
  signed: text(
    'Every request is signed. Verify the signature over the body as it came, before you read it. Whoever gave you this page has the secret; the sample is signed with {secret}.',
    'Каждый запрос подписан. Проверяйте подпись по телу запроса в исходном виде, прежде чем читать его. Секрет — у того, кто дал вам эту страницу; пример подписан секретом {secret}.',
    'Każde żądanie jest podpisane. Zweryfikuj podpis na treści w otrzymanej postaci, zanim ją odczytasz. Sekret ma osoba, która dała Ci tę stronę; przykład podpisano sekretem {secret}.',
    'Toda requisição é assinada. Verifique a assinatura sobre o corpo como chegou, antes de lê-lo. Quem lhe deu esta página tem o segredo; o exemplo foi assinado com {secret}.',
  ),
  unsigned: text(
    'Requests are not signed: anybody who knows your address can send you one.',
    'Запросы не подписаны: отправить такой может любой, кто знает ваш адрес.',
    'Żądania nie są podpisane: może je wysłać każdy, kto zna Twój adres.',
    'As requisições não são assinadas: qualquer pessoa que conheça seu endereço pode enviar uma.',
  ),
  masked: text(
    '•••••••• stands for a secret that is not shown here.',
    '•••••••• стоит вместо секрета, который здесь не показан.',
    '•••••••• zastępuje sekret, którego tu nie pokazano.',
    '•••••••• está no lugar de um segredo que não é mostrado aqui.',
  ),
}

/** Plain sentences: what to answer, how fast, what is tried again, and what else a receiver must be ready for. */
export function expectations({ delivery }: Webhook, language: Language, exampleSecret: string): string[] {
  const { policy, ...options } = delivery.retry
  const waits = findRetryPolicy(policy)?.waitsS(options) ?? []
  const say = (sentence: Text, values: Record<string, string> = {}) =>
    sentence[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const spans = waits.map((wait) => span(wait, language))
  return [
    say(sentences.answer, { time: span(delivery.timeout_s, language) }),
    say(sentences.redirects),
    waits.length > 0 ? say(sentences.retried, { waits: list.format(spans) }) : say(sentences.once),
    ...(waits.length > 0 ? [say(sentences.wait)] : []),
    ...(delivery.on_gone === 'disable' ? [say(sentences.gone)] : []),
    say(sentences.duplicates),
    say(delivery.order === 'record' ? sentences.inOrder : sentences.anyOrder),
    delivery.signing === 'standard'
      ? say(sentences.signed, { secret: exampleSecret })
      : say(sentences.unsigned),
    say(sentences.masked),
  ]
}

const units = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** `2 hr`, `5 min`: short forms need no cases. */
function span(seconds: number, language: Language): string {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? units[2]
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' })
  return format.format(seconds / size)
}
