import { Select, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type FieldType, useCatalogue } from '../../../data/catalogue.ts'
import { declarableTypes, type FieldShape } from './field-shape.ts'

interface Props {
  value: FieldShape
  onChange: (value: FieldShape) => void
  /** What is wrong with `type`, `choices` or `links`. */
  problem: (part: keyof FieldShape) => string | undefined
  /** Whose they are, where the labels are not shown. */
  of?: string | undefined
  disabled?: boolean
}

/** A field's type, and what the type asks for: its choices, or the kind that it links to. */
export function FieldShapeInputs({ value, onChange, problem, of, disabled = false }: Props) {
  const { t } = useTranslation('settings')
  const { kinds } = useCatalogue()
  const { type, choices, links } = value
  const types = declarableTypes.includes(type) ? declarableTypes : [...declarableTypes, type]
  const name = (label: string) =>
    of === undefined ? { label } : { 'aria-label': t('fields.partOf', { part: label, field: of }) }
  return (
    <>
      <Select
        {...name(t('fields.type'))}
        allowDeselect={false}
        disabled={disabled}
        data={types.map((one) => ({ value: one, label: t(`fieldType.${one}`) }))}
        value={type}
        error={problem('type')}
        comboboxProps={{ shadow: 'md' }}
        onChange={(picked) => picked && onChange({ ...value, type: picked as FieldType })}
      />
      {type === 'choice' && (
        <TagsInput
          {...name(t('fields.choices'))}
          placeholder={choices.length === 0 ? t('fields.choicesHint') : undefined}
          disabled={disabled}
          acceptValueOnBlur
          splitChars={[',', ';']}
          maxLength={200}
          value={choices}
          error={problem('choices')}
          comboboxProps={{ shadow: 'md' }}
          onChange={(next) => onChange({ ...value, choices: next })}
        />
      )}
      {type === 'link' && (
        <Select
          {...name(t('fields.links'))}
          searchable
          allowDeselect={false}
          disabled={disabled}
          placeholder={t('fields.linksHint')}
          data={kinds.map((kind) => ({ value: kind.name, label: kind.title }))}
          value={links}
          error={problem('links')}
          comboboxProps={{ shadow: 'md' }}
          onChange={(kind) => onChange({ ...value, links: kind })}
        />
      )}
    </>
  )
}
