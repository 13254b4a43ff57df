import type { OptionDescription, Text } from '../model/index.ts'

/** A table of their words and ours. */
function words(name: string, title: Text): OptionDescription {
  return {
    name,
    title,
    type: 'rows',
    default: [],
    maxItems: 100,
    columns: [
      {
        name: 'name',
        title: { en: 'Their word', ru: 'Их название', pl: 'Ich nazwa', 'pt-BR': 'O nome deles' },
        type: 'text',
        required: true,
        min: 1,
        max: 200,
      },
      {
        name: 'means',
        title: { en: 'Means here', ru: 'Что это здесь', pl: 'Oznacza tutaj', 'pt-BR': 'O que é aqui' },
        type: 'text',
        required: true,
        min: 1,
        max: 50,
      },
    ],
  }
}

/** What a mapping is made of. */
export const genericJsonOptions: OptionDescription[] = [
  {
    name: 'items',
    title: {
      en: 'Where the list of items stands (empty: the whole body)',
      ru: 'Где находится список записей (пусто — всё тело)',
      pl: 'Gdzie jest lista elementów (puste: cała treść)',
      'pt-BR': 'Onde está a lista de itens (vazio: o corpo inteiro)',
    },
    type: 'text',
    default: '',
    max: 300,
  },
  {
    name: 'map',
    title: {
      en: 'What stands where',
      ru: 'Что где находится',
      pl: 'Co gdzie jest',
      'pt-BR': 'O que está onde',
    },
    type: 'rows',
    required: true,
    minItems: 1,
    maxItems: 200,
    columns: [
      {
        name: 'to',
        title: { en: 'Fills', ru: 'Заполняет', pl: 'Wypełnia', 'pt-BR': 'Preenche' },
        type: 'text',
        required: true,
        min: 1,
        max: 110,
      },
      {
        name: 'from',
        title: { en: 'Taken from', ru: 'Откуда', pl: 'Skąd', 'pt-BR': 'Origem' },
        type: 'choice',
        choices: [
          {
            value: 'path',
            title: {
              en: 'A place in the body',
              ru: 'Место в теле запроса',
              pl: 'Miejsce w treści',
              'pt-BR': 'Um lugar no corpo',
            },
          },
          {
            value: 'value',
            title: {
              en: 'A fixed value',
              ru: 'Постоянное значение',
              pl: 'Stała wartość',
              'pt-BR': 'Um valor fixo',
            },
          },
          {
            value: 'header',
            title: { en: 'A header', ru: 'Заголовок запроса', pl: 'Nagłówek', 'pt-BR': 'Um cabeçalho' },
          },
        ],
        default: 'path',
      },
      {
        name: 'value',
        title: {
          en: 'Path, value or name',
          ru: 'Путь, значение или имя',
          pl: 'Ścieżka, wartość lub nazwa',
          'pt-BR': 'Caminho, valor ou nome',
        },
        type: 'text',
        required: true,
        max: 500,
      },
    ],
  },
  words('kinds', {
    en: 'Their names of kinds',
    ru: 'Их названия типов записей',
    pl: 'Ich nazwy rodzajów rekordów',
    'pt-BR': 'Os nomes deles para os tipos',
  }),
  words('events', {
    en: 'Their names of events',
    ru: 'Их названия событий',
    pl: 'Ich nazwy zdarzeń',
    'pt-BR': 'Os nomes deles para os eventos',
  }),
]
