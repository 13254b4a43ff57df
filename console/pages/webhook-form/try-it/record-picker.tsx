import { useTranslation } from 'react-i18next'
import { LongSelect } from '../conditions/values/long-select.tsx'
import { useRecordOptions } from '../conditions/values/record-options.ts'

interface Props {
  kind: string
  value: string | null
  onChange: (id: string) => void
}

/** One record, found by typing. */
export function RecordPicker({ kind, value, onChange }: Props) {
  const { t } = useTranslation('form')
  const { options, setSearch } = useRecordOptions(kind, value === null ? [] : [value])
  return (
    <LongSelect
      label={t('try.record')}
      placeholder={t('if.searchRecord')}
      searchLabel={t('if.searchRecord')}
      value={value}
      options={options}
      onChange={onChange}
      onSearch={setSearch}
    />
  )
}
