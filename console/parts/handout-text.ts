import type { TFunction } from 'i18next'
import type { Handout } from '../data/handout.ts'

/** The handout as plain text, for a mail or a ticket. */
export function handoutText(
  { webhook, request, fields, curl, expect, verification }: Handout,
  t: TFunction<'webhooks'>,
): string {
  const parts = [
    `# ${webhook.name}`,
    webhook.description,
    webhook.events.map(({ type, title }) => `- ${title} (${type})`).join('\n'),
    ...(request
      ? [
          `## ${t('handout.request')}`,
          `${request.method} ${request.url}\n${request.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}`,
          request.body ?? '',
        ]
      : []),
    `## ${t('handout.expect')}`,
    expect.map((sentence) => `- ${sentence}`).join('\n'),
    ...(fields.length > 0
      ? [
          `## ${t('handout.fields')}`,
          fields.map(({ path, title, note }) => `- ${path}: ${title}${note ? ` (${note})` : ''}`).join('\n'),
        ]
      : []),
    ...(curl ? [`## ${t('handout.curl')}`, curl] : []),
    ...verification.flatMap(({ title, code }) => [`## ${t('handout.verify')} · ${title}`, code]),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}
