import { defineCapability } from '../capability.ts'

/** Its person can be seen on the web site. */
export const visited = defineCapability({
  name: 'visited',
  title: { en: 'Site visits', ru: 'Посещения сайта', pl: 'Wizyty na stronie', 'pt-BR': 'Visitas ao site' },
  fields: {},
  events: {
    site_visited: {
      title: {
        en: 'Site visited',
        ru: 'Посещение сайта',
        pl: 'Wizyta na stronie',
        'pt-BR': 'Visita ao site',
      },
      description: {
        en: 'The customer opened a page of our web site.',
        ru: 'Клиент открыл страницу нашего сайта.',
        pl: 'Klient otworzył stronę w naszym serwisie.',
        'pt-BR': 'O cliente abriu uma página do nosso site.',
      },
      data: { url: 'text', title: 'text', referrer: 'text' },
      transition: false,
      activity: true,
      aliases: { amocrm: ['site_visit'] },
      sample: {
        data: {
          url: 'https://shop.example/pricing',
          title: 'Pricing',
          referrer: 'https://search.example/',
        },
      },
    },
  },
  derive: () => [],
  examples: [{ before: { name: 'ACME' }, after: { name: 'Acme' }, events: [] }],
})
