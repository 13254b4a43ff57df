/** The kinds of records that every account has: one file each, and one line here. */
import type { Kind } from '../kind.ts'
import { company } from './company.ts'
import { contact } from './contact.ts'
import { customer } from './customer.ts'
import { lead } from './lead.ts'
import { opportunity } from './opportunity.ts'
import { prospect } from './prospect.ts'
import { quote } from './quote.ts'
import { sale } from './sale.ts'
import { task } from './task.ts'

export const builtInKinds: Kind[] = [
  lead,
  customer,
  contact,
  company,
  prospect,
  opportunity,
  quote,
  sale,
  task,
]
