import { Avatar, Box, Text } from '@mantine/core'
import type { CrmUser } from '../data/users.ts'

/** What people call the user of this id; the id itself where nobody has named it. */
export function personName(users: CrmUser[], id: string): string {
  return users.find((user) => user.id === id)?.name ?? id
}

interface Props {
  users: CrmUser[]
  id: string
  fz?: 'xs' | 'sm'
}

/** Somebody who owns records, with their initials. */
export function PersonName({ users, id, fz = 'sm' }: Props) {
  const name = personName(users, id)
  return (
    <Box component="span" style={{ display: 'inline-flex', gap: 6, alignItems: 'center', minWidth: 0 }}>
      <Avatar
        component="span"
        size={fz === 'xs' ? 18 : 22}
        radius="xl"
        name={name}
        alt=""
        aria-hidden
        color="gray"
        variant="filled"
        styles={{ placeholder: { fontSize: fz === 'xs' ? 8 : 10, fontWeight: 600 } }}
      />
      <Text span fz={fz} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
    </Box>
  )
}
