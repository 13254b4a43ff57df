import type { Account } from '../../model/index.ts'
import type { WebhookDraft } from '../webhooks/webhook-draft.ts'
import { leadPipeline, leadStageIds, userId } from './crm.ts'
import type { DemoText, Role } from './demo-text.ts'

export type DemoDraft = WebhookDraft & { preset?: string }

/** What an order must be worth, and a deal, in euros. */
const orderFrom = 2_000
const bigFrom = 10_000

/** Which of the demo's test addresses each webhook calls. */
export const inspectorOf: Record<Role, 'fine' | 'erp' | 'gone'> = {
  warehouse: 'fine',
  amocrm: 'fine',
  erp: 'erp',
  rule: 'fine',
  till: 'fine',
  boss: 'fine',
  handover: 'fine',
  sheet: 'fine',
  newsletter: 'gone',
  alert: 'fine',
}

/** `url` leads to the test address of a role. Secrets are there to be seen masked; they open nothing. */
export function draftsOf(
  text: DemoText,
  { time_zone }: Pick<Account, 'time_zone'>,
  url: (role: Role) => string,
): Record<Role, DemoDraft> {
  const draft = (role: Role, { request, ...rest }: DemoDraft, path = ''): DemoDraft => {
    return { ...text.webhooks[role], ...rest, request: { ...request, url: url(role) + path } }
  }
  const all = (...rules: { field: string; operator: string; value: string | number | string[] }[]) => ({
    combinator: 'and' as const,
    rules,
  })
  return {
    warehouse: draft('warehouse', { preset: 'standard', events: ['lead.*'] }, '/warehouse'),
    amocrm: draft(
      'amocrm',
      {
        preset: 'amocrm-pipeline',
        scope: [
          {
            pipeline_id: leadPipeline,
            stage_ids: [leadStageIds.qualified, leadStageIds.offer, leadStageIds.negotiation],
          },
        ],
      },
      '/amo.php',
    ),
    erp: draft(
      'erp',
      {
        preset: 'pipeline-trigger',
        scope: [{ pipeline_id: leadPipeline, stage_ids: [leadStageIds.won] }],
        conditions: all({ field: 'current.price', operator: '>', value: orderFrom * text.factor }),
        request: {
          auth: { type: 'bearer', token: 'demo-token-of-the-erp' },
          options: {
            encoding: 'json',
            params: [
              { name: 'order.id', from: 'field', value: 'record.id' },
              { name: 'order.title', from: 'field', value: 'current.name' },
              { name: 'order.total', from: 'field', value: 'current.price' },
              { name: 'order.currency', from: 'field', value: 'current.currency' },
              { name: 'customer.name', from: 'field', value: 'company.name' },
              { name: 'customer.email', from: 'field', value: 'contact.email' },
              { name: 'seller', from: 'field', value: 'owner.name' },
              { name: 'origin', from: 'value', value: 'crm' },
            ],
          },
        },
        delivery: { retry: { policy: 'schedule', waits_s: [300, 1800, 7200, 18_000, 36_000, 86_400] } },
      },
      '/orders/{{ record.id }}',
    ),
    rule: draft(
      'rule',
      {
        preset: 'salesmanago-rule',
        events: ['contact.email_opened', 'contact.link_clicked', 'contact.site_visited'],
        conditions: all({ field: 'current.tags', operator: 'hasAny', value: [text.tags.newsletter] }),
        limits: { per: 'contact', per_record: 3, min_interval_s: 6 * 3600 },
        request: { auth: { type: 'basic', username: 'marketing', password: 'demo-password' } },
      },
      '/rules',
    ),
    till: draft(
      'till',
      {
        preset: 'key-value',
        events: ['sale.created', 'quote.created', 'opportunity.stage_changed'],
        request: { method: 'GET' },
        delivery: { retry: { policy: 'schedule', waits_s: [60, 600] }, signing: 'none' },
      },
      '/till',
    ),
    boss: draft(
      'boss',
      {
        events: ['lead.created', 'lead.updated'],
        fire: 'becomes_true',
        conditions: all({ field: 'current.price', operator: '>=', value: bigFrom * text.factor }),
        request: {
          format: 'template',
          options: {
            content_type: 'application/json',
            template: `{"text": {{ "${text.bigDeal}: " | append: current.name | json }}, "price": {{ current.price | json }}}`,
          },
        },
      },
      '/chat',
    ),
    handover: draft(
      'handover',
      {
        events: ['lead.reassigned'],
        scope: [{ pipeline_id: leadPipeline }],
        conditions: all({ field: 'current.owner_id', operator: 'changedTo', value: userId(0) }),
        active_hours: { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', time_zone, outside: 'skip' },
        request: {
          format: 'params',
          options: {
            encoding: 'form',
            params: [
              { name: 'title', from: 'field', value: 'current.name' },
              { name: 'phone', from: 'field', value: 'contact.phone' },
            ],
          },
        },
      },
      '/calendar',
    ),
    sheet: draft('sheet', { preset: 'standard', events: ['lead.created'] }, '/sheet'),
    newsletter: draft('newsletter', {
      preset: 'key-value',
      events: ['contact.tagged', 'contact.untagged'],
      request: {
        options: {
          encoding: 'form',
          params: [
            { name: 'email', from: 'field', value: 'current.email' },
            { name: 'list', from: 'field', value: 'data.tag' },
          ],
        },
      },
    }),
    alert: draft('alert', { preset: 'alert' }, '/alerts'),
  }
}
