import { Card } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { allMembers } from '../../data/members.ts'
import { useMember } from '../../data/session.ts'
import { Empty } from '../../parts/empty.tsx'

/** In the place of what only owners see: why, and whom to ask. */
export function OwnersOnly({ title }: { title: string }) {
  const { t, i18n } = useTranslation(['settings', 'common'])
  const { role } = useMember()
  const { data: members = [] } = useQuery(allMembers)
  const owners = members.filter((member) => member.role === 'owner' && member.state === 'active')
  return (
    <Card withBorder>
      <Empty icon={IconLock} title={title}>
        {t('ownersOnly.about', { role: t(`common:role.${role}`) })}
        {owners.length > 0 &&
          ` ${t('ownersOnly.ask', {
            names: new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(
              owners.map(({ name }) => name),
            ),
          })}`}
      </Empty>
    </Card>
  )
}
