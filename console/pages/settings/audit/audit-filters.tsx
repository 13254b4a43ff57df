import { useTranslation } from 'react-i18next'
import { FilterBar } from '../../../parts/filter/bar.tsx'
import { type FilterOption, FilterOptions } from '../../../parts/filter/options.tsx'
import { FilterPill } from '../../../parts/filter/pill.tsx'
import { FilterTime } from '../../../parts/filter/time.tsx'
import { auditActions, isAuditAction, isSubjectKind, subjectKinds } from './audit-actions.ts'
import type { AuditSearch } from './audit-filter.ts'
import type { AuditNames } from './use-audit-names.ts'

interface Props {
  search: AuditSearch
  names: AuditNames
  onChange: (part: Partial<AuditSearch>) => void
  /** null where nothing is set. */
  onClear: (() => void) | null
}

/** What the log can be narrowed by. */
export function AuditFilters({ search, names, onChange, onClear }: Props) {
  const { t } = useTranslation('settings')
  const { subjectKind, subjectId, actor, action, span } = search
  const count = [subjectKind, subjectId, actor, action, span].filter(Boolean).length
  const who = actor === null ? null : names.actorName(actor)
  return (
    <FilterBar count={count} onClear={onClear}>
      <OneOf
        label={t('audit.filter.actor')}
        value={actor}
        shown={who && (who.name ?? who.id)}
        options={actorOptions(names, t('audit.system'), {
          members: t('audit.filter.members'),
          tokens: t('audit.filter.tokens'),
        })}
        onChange={(picked) => onChange({ actor: picked })}
      />
      <OneOf
        label={t('audit.filter.action')}
        value={action}
        shown={action !== null && isAuditAction(action) ? t(`audit.actions.${action}`) : action}
        options={subjectKinds.flatMap((kind) =>
          auditActions[kind].map((one) => ({
            value: one,
            label: t(`audit.actions.${one}`),
            group: t(`audit.subjects.${kind}`),
            words: one,
          })),
        )}
        onChange={(picked) => onChange({ action: picked })}
      />
      <OneOf
        label={t('audit.filter.kind')}
        value={subjectKind}
        shown={
          subjectKind !== null && isSubjectKind(subjectKind)
            ? t(`audit.subjects.${subjectKind}`)
            : subjectKind
        }
        options={subjectKinds.map((kind) => ({ value: kind, label: t(`audit.subjects.${kind}`) }))}
        onChange={(picked) => onChange({ subjectKind: picked })}
      />
      <OneOf
        label={t('audit.filter.subject')}
        value={subjectId}
        shown={subjectId !== null ? (nameOfAny(names, subjectId) ?? subjectId) : null}
        options={[
          ...named(names.webhooks, t('audit.subjects.webhook')),
          ...named(names.members, t('audit.subjects.member')),
          ...named(names.tokens, t('audit.subjects.token')),
          ...named(names.sources, t('audit.subjects.source')),
          ...names.pipelines.map(({ kind, id, name }) => ({
            value: `${kind}/${id}`,
            label: name,
            group: t('audit.subjects.pipeline'),
          })),
        ]}
        typed={(text) => ({ value: text, label: t('audit.filter.id', { id: text }) })}
        onChange={(picked) => onChange({ subjectId: picked })}
      />
      <FilterTime value={span} onChange={(picked) => onChange({ span: picked })} />
    </FilterBar>
  )
}

interface OneOfProps {
  label: string
  value: string | null
  /** The value in words. */
  shown: string | null
  options: FilterOption[]
  typed?: (text: string) => FilterOption | null
  onChange: (value: string | null) => void
}

function OneOf({ label, value, shown, options, typed, onChange }: OneOfProps) {
  return (
    <FilterPill label={label} value={shown} onClear={() => onChange(null)} width={320}>
      {(close) => (
        <FilterOptions
          label={label}
          options={options}
          value={value}
          {...(typed ? { typed } : {})}
          onPick={(picked) => {
            onChange(picked)
            close()
          }}
        />
      )}
    </FilterPill>
  )
}

function actorOptions(
  { members, tokens }: AuditNames,
  system: string,
  groups: { members: string; tokens: string },
): FilterOption[] {
  return [
    { value: 'system', label: system },
    ...members.map(({ id, name, email }) => ({
      value: `member ${id}`,
      label: name || email,
      note: email,
      group: groups.members,
    })),
    ...tokens.map(({ id, name, kind }) => ({
      value: `token ${id}`,
      label: name,
      note: kind,
      group: groups.tokens,
    })),
  ]
}

function named(items: { id: string; name: string }[], group: string): FilterOption[] {
  return items.map(({ id, name }) => ({ value: id, label: name, group, words: id }))
}

/** A subject by its id alone: ids of ours say what they are of, the others carry their kind. */
function nameOfAny({ nameOf }: AuditNames, id: string): string | undefined {
  for (const kind of ['webhook', 'member', 'token', 'source', 'inspector', 'pipeline', 'user']) {
    const name = nameOf(kind, id)
    if (name !== undefined) return name
  }
  return undefined
}
