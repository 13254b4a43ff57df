import type { FieldDescription } from '../../model/index.ts'

/** Fields that several built-in kinds have, each described once. */
export const name: FieldDescription = {
  title: { en: 'Name', ru: 'Название', pl: 'Nazwa', 'pt-BR': 'Nome' },
  type: 'text',
}

/** The name of a person, where the languages tell it from that of a thing. */
export const personName: FieldDescription = {
  title: { en: 'Name', ru: 'Имя', pl: 'Imię i nazwisko', 'pt-BR': 'Nome' },
  type: 'text',
}

export const email: FieldDescription = {
  title: { en: 'E-mail', ru: 'Эл. почта', pl: 'E-mail', 'pt-BR': 'E-mail' },
  type: 'text',
}

export const phone: FieldDescription = {
  title: { en: 'Phone', ru: 'Телефон', pl: 'Telefon', 'pt-BR': 'Telefone' },
  type: 'text',
}

export const price: FieldDescription = {
  title: { en: 'Price', ru: 'Бюджет', pl: 'Wartość', 'pt-BR': 'Valor' },
  type: 'number',
}

export const total: FieldDescription = {
  title: { en: 'Total', ru: 'Сумма', pl: 'Suma', 'pt-BR': 'Total' },
  type: 'number',
}

/** Three letters of ISO 4217; it says what `price` or `total` is counted in. */
export const currency: FieldDescription = {
  title: { en: 'Currency', ru: 'Валюта', pl: 'Waluta', 'pt-BR': 'Moeda' },
  type: 'text',
}

export const contactId: FieldDescription = {
  title: { en: 'Contact', ru: 'Контакт', pl: 'Kontakt', 'pt-BR': 'Contato' },
  type: 'link',
  links: 'contact',
}

export const companyId: FieldDescription = {
  title: { en: 'Company', ru: 'Компания', pl: 'Firma', 'pt-BR': 'Empresa' },
  type: 'link',
  links: 'company',
}

export const customerId: FieldDescription = {
  title: { en: 'Customer', ru: 'Покупатель', pl: 'Klient', 'pt-BR': 'Cliente' },
  type: 'link',
  links: 'customer',
}

export const opportunityId: FieldDescription = {
  title: { en: 'Opportunity', ru: 'Возможность', pl: 'Szansa sprzedaży', 'pt-BR': 'Oportunidade' },
  type: 'link',
  links: 'opportunity',
}
