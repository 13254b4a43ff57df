import { Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CrmUser } from '../data/users.ts'

type Props = Omit<SelectProps, 'data'> & { users: CrmUser[] }

/** One of the people that own records, found by typing. An id that nobody has named stays selectable. */
export function PersonSelect({ users, value, ...rest }: Props) {
  const { t } = useTranslation('pipelines')
  const known = users.map(({ id, name }) => ({ value: id, label: name }))
  const data = value && !users.some(({ id }) => id === value) ? [...known, { value, label: value }] : known
  return (
    <Select
      searchable
      clearable
      nothingFoundMessage={t(data.length === 0 ? 'noPeople' : 'nobody')}
      data={data}
      value={value ?? null}
      comboboxProps={{ shadow: 'md' }}
      clearButtonProps={{ 'aria-label': t('clear') }}
      {...rest}
    />
  )
}
