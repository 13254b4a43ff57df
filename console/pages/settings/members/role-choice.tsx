import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../data/session.ts'

export const roles: readonly Role[] = ['owner', 'manager', 'viewer']

interface Props {
  value: Role
  onChange: (role: Role) => void
  error: string | undefined
}

/** One role, each with what it is for. */
export function RoleChoice({ value, onChange, error }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <Radio.Group
      label={t('members.role')}
      value={value}
      error={error}
      onChange={(picked) => {
        const role = roles.find((one) => one === picked)
        if (role) onChange(role)
      }}
    >
      <Stack gap="xs" mt={6}>
        {roles.map((role) => (
          <Radio
            key={role}
            value={role}
            label={t(`common:role.${role}`)}
            description={t(`role.about.${role}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
