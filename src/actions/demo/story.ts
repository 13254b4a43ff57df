import type { Account, Language } from '../../model/index.ts'
import { makeCrm, type BaseRecord, type DemoCrm } from './crm.ts'
import type { DemoText } from './demo-text.ts'
import type { Random } from './random.ts'
import { tellScenes, troublesOf, type Troubles } from './scenes.ts'
import { tellLeads } from './story-leads.ts'
import { tellContacts, tellCustomers, tellOpportunities, tellTasks } from './story-others.ts'
import type { Step, Telling } from './telling.ts'
import { demoTexts } from './texts/index.ts'
import { dayMs, makeWorkingTime } from './working-time.ts'

export interface Story {
  text: DemoText
  crm: DemoCrm
  /** Records that are there before it begins. */
  base: BaseRecord[]
  /** In the order of their times. */
  steps: Step[]
  troubles: Troubles
  start: number
  now: number
}

const daysTold = 14

/** Two weeks of a sales team, up to now. Pure: the same language, time and chance give the same story. */
export function makeStory(
  { language, account, now }: { language: Language; account: Pick<Account, 'time_zone'>; now: number },
  random: Random,
): Story {
  const text = demoTexts[language]
  const start = now - daysTold * dayMs
  const time = makeWorkingTime({ from: start, now, timeZone: account.time_zone }, random)
  const crm = makeCrm(text, random)
  const telling: Telling = { text, random, time, start, now, crm, base: [], steps: [] }
  const troubles = troublesOf(time, now)
  for (const tell of [tellLeads, tellOpportunities, tellCustomers, tellContacts, tellTasks]) tell(telling)
  tellScenes(telling, troubles)
  const steps = telling.steps.sort((a, b) => a.at - b.at)
  const base = [...crm.companies, ...crm.contacts, ...crm.customers, ...telling.base]
  return { text, crm, base, steps, troubles, start, now }
}
