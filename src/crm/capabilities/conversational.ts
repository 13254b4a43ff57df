import { defineCapability } from '../capability.ts'

/** Its person writes, calls, and reads what we write. */
export const conversational = defineCapability({
  name: 'conversational',
  title: { en: 'Conversations', ru: 'Общение', pl: 'Rozmowy', 'pt-BR': 'Conversas' },
  fields: {},
  events: {
    email_received: {
      title: {
        en: 'E-mail received',
        ru: 'Входящее письмо',
        pl: 'Odebranie e-maila',
        'pt-BR': 'E-mail recebido',
      },
      description: {
        en: 'The customer wrote an e-mail to us.',
        ru: 'Клиент написал нам письмо.',
        pl: 'Klient napisał do nas e-mail.',
        'pt-BR': 'O cliente nos enviou um e-mail.',
      },
      data: { from: 'text', to: 'text', subject: 'text', text: 'text' },
      transition: false,
      activity: true,
      // amoCRM's page calls it "outgoing letter" in its list; the code and its table say incoming.
      aliases: { amocrm: ['mail_in'] },
      sample: {
        data: {
          from: 'anna@acme.example',
          to: 'sales@shop.example',
          subject: 'Your offer',
          text: 'We would like to go ahead.',
        },
      },
    },
    call_received: {
      title: {
        en: 'Call received',
        ru: 'Входящий звонок',
        pl: 'Połączenie przychodzące',
        'pt-BR': 'Ligação recebida',
      },
      description: {
        en: 'The customer called us.',
        ru: 'Клиент позвонил нам.',
        pl: 'Klient zadzwonił do nas.',
        'pt-BR': 'O cliente ligou para nós.',
      },
      data: { from: 'text', to: 'text', duration_s: 'number', recording_url: 'text' },
      transition: false,
      activity: true,
      aliases: { amocrm: ['call_in'] },
      sample: {
        data: {
          from: '+48123456789',
          to: '+48987654321',
          duration_s: 185,
          recording_url: 'https://calls.example/185.mp3',
        },
      },
    },
    chat_message_received: {
      title: {
        en: 'Chat message received',
        ru: 'Входящее сообщение в чате',
        pl: 'Wiadomość na czacie',
        'pt-BR': 'Mensagem de chat recebida',
      },
      description: {
        en: 'The customer wrote to us in a chat. Each message gives one event.',
        ru: 'Клиент написал нам в чат. Каждое сообщение даёт одно событие.',
        pl: 'Klient napisał do nas na czacie. Każda wiadomość daje jedno zdarzenie.',
        'pt-BR': 'O cliente nos escreveu em um chat. Cada mensagem gera um evento.',
      },
      data: { from: 'text', channel: 'text', text: 'text' },
      transition: false,
      activity: true,
      aliases: { amocrm: ['chat'] },
      sample: { data: { from: 'Anna', channel: 'telegram', text: 'Is it in stock?' } },
    },
    email_sent: {
      title: { en: 'E-mail sent', ru: 'Отправка письма', pl: 'Wysłanie e-maila', 'pt-BR': 'E-mail enviado' },
      description: {
        en: 'We sent an e-mail to the customer, by hand or automatically.',
        ru: 'Мы отправили клиенту письмо, вручную или автоматически.',
        pl: 'Wysłaliśmy do klienta e-mail, ręcznie lub automatycznie.',
        'pt-BR': 'Enviamos um e-mail ao cliente, manual ou automaticamente.',
      },
      data: { from: 'text', to: 'text', subject: 'text', text: 'text' },
      transition: false,
      activity: true,
      sample: {
        data: {
          from: 'sales@shop.example',
          to: 'anna@acme.example',
          subject: 'Our offer',
          text: 'Please find our offer below.',
        },
      },
    },
    email_opened: {
      title: { en: 'E-mail opened', ru: 'Открытие письма', pl: 'Otwarcie e-maila', 'pt-BR': 'E-mail aberto' },
      description: {
        en: 'The recipient opened an e-mail that we sent.',
        ru: 'Получатель открыл наше письмо.',
        pl: 'Odbiorca otworzył e-mail od nas.',
        'pt-BR': 'O destinatário abriu um e-mail que enviamos.',
      },
      data: { to: 'text', subject: 'text' },
      transition: false,
      activity: true,
      sample: { data: { to: 'anna@acme.example', subject: 'Our offer' } },
    },
    link_clicked: {
      title: {
        en: 'Link clicked',
        ru: 'Переход по ссылке',
        pl: 'Kliknięcie linku',
        'pt-BR': 'Clique em link',
      },
      description: {
        en: 'A link in a message that we sent was followed.',
        ru: 'Получатель перешёл по ссылке из нашего письма.',
        pl: 'Odbiorca kliknął link w naszej wiadomości.',
        'pt-BR': 'O destinatário clicou em um link da nossa mensagem.',
      },
      data: { url: 'text', subject: 'text' },
      transition: false,
      activity: true,
      sample: { data: { url: 'https://shop.example/offer', subject: 'Our offer' } },
    },
  },
  derive: () => [],
  examples: [{ before: { name: 'ACME' }, after: { name: 'Acme' }, events: [] }],
})
