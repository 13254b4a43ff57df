/** The demo's sales team in each language of the console: one file is one language. */
import type { Language } from '../../../model/index.ts'
import type { DemoText } from '../demo-text.ts'
import { en } from './en.ts'
import { pl } from './pl.ts'
import { ptBr } from './pt-br.ts'
import { ru } from './ru.ts'

export const demoTexts: Record<Language, DemoText> = { en, ru, pl, 'pt-BR': ptBr }
