import type { Ask } from './preset.ts'

/** Questions that several presets ask in the same words. */
export const askUrl: Ask = {
  path: 'request.url',
  title: { en: 'URL', ru: 'URL', pl: 'Adres URL', 'pt-BR': 'URL' },
  hint: {
    en: 'The address that receives the request. To try it out, use the address of an inspector.',
    ru: 'Адрес, на который отправляется запрос. Для проверки укажите адрес инспектора запросов.',
    pl: 'Adres, na który trafi żądanie. Na próbę podaj adres inspektora.',
    'pt-BR': 'O endereço que recebe a requisição. Para testar, use o endereço de um inspetor.',
  },
  required: true,
}

export const askEvents: Ask = {
  path: 'events',
  title: { en: 'Events', ru: 'События', pl: 'Zdarzenia', 'pt-BR': 'Eventos' },
  hint: {
    en: 'Any of them sends the webhook.',
    ru: 'Вебхук отправляется при любом из них.',
    pl: 'Każde z nich wysyła webhook.',
    'pt-BR': 'Qualquer um deles envia o webhook.',
  },
  required: true,
}

export const askStage: Ask = {
  path: 'scope',
  title: { en: 'Pipeline and stage', ru: 'Воронка и этап', pl: 'Lejek i etap', 'pt-BR': 'Funil e etapa' },
  hint: {
    en: 'The stage under which the webhook stands. Without one it works in all of them.',
    ru: 'Этап, на котором стоит вебхук. Если не указать, он работает на всех этапах.',
    pl: 'Etap, na którym stoi webhook. Bez niego działa na wszystkich.',
    'pt-BR': 'A etapa em que o webhook fica. Sem ela, ele vale para todas.',
  },
  required: false,
}

export const askConditions: Ask = {
  path: 'conditions',
  title: { en: 'Conditions', ru: 'Условия', pl: 'Warunki', 'pt-BR': 'Condições' },
  hint: {
    en: 'What must hold for the webhook to be sent. Without conditions it is always sent.',
    ru: 'Что должно выполняться, чтобы вебхук ушёл. Без условий он уходит всегда.',
    pl: 'Co musi być spełnione, aby webhook został wysłany. Bez warunków wysyłany jest zawsze.',
    'pt-BR': 'O que precisa valer para o webhook ser enviado. Sem condições, ele é sempre enviado.',
  },
  required: false,
}

export const askBasic: Ask = {
  path: 'request.auth',
  title: {
    en: 'Basic authentication',
    ru: 'Авторизация Basic',
    pl: 'Wymagana autoryzacja Basic',
    'pt-BR': 'Autenticação Basic',
  },
  hint: {
    en: 'User name and password, where the receiver asks for them.',
    ru: 'Имя пользователя и пароль, если получатель их требует.',
    pl: 'Nazwa użytkownika i hasło, jeśli odbiorca ich wymaga.',
    'pt-BR': 'Usuário e senha, se o destinatário os exigir.',
  },
  required: false,
}

export const askParams: Ask = {
  path: 'request.options.params',
  title: { en: 'Parameters', ru: 'Параметры', pl: 'Parametry', 'pt-BR': 'Chave e valor' },
  hint: {
    en: 'Names of your own, each with a field of the record or a value that you type in.',
    ru: 'Ваши названия, у каждого значение поля записи или произвольное значение.',
    pl: 'Własne nazwy, każda z polem rekordu albo wpisaną wartością.',
    'pt-BR': 'Nomes à sua escolha, cada um com um campo do registro ou um valor digitado.',
  },
  required: false,
}
