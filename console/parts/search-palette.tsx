import '@mantine/spotlight/styles.css'
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight, IconHash, IconHistory, IconSearch, IconUser, IconWebhook } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCatalogue } from '../data/catalogue.ts'
import { searchQuery } from '../data/search.ts'
import { placeOfId } from './place-of-id.ts'

const [store, palette] = createSpotlight()

const pages = [
  ['/', 'nav.overview'],
  ['/pipelines', 'nav.pipelines'],
  ['/webhooks', 'nav.webhooks'],
  ['/webhooks/new', 'nav.newWebhook'],
  ['/history', 'nav.history'],
  ['/events', 'nav.events'],
  ['/inspector', 'nav.inspector'],
  ['/sources', 'nav.sources'],
  ['/settings/account', 'nav.account'],
  ['/settings/members', 'nav.members'],
  ['/settings/tokens', 'nav.tokens'],
  ['/settings/names', 'nav.names'],
  ['/settings/audit', 'nav.audit'],
  ['/settings/profile', 'nav.profile'],
] as const

/** The command palette. */
export function SearchPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [search] = useDebouncedValue(query.trim(), 200)
  const { kinds } = useCatalogue()
  const { data } = useQuery({
    ...searchQuery(
      search,
      kinds.map(({ name }) => name),
    ),
    enabled: opened && search.length > 1,
    placeholderData: keepPreviousData,
  })
  useEffect(() => (opened ? palette.open() : palette.close()), [opened])

  const action = (
    id: string,
    label: string,
    icon: React.ReactNode,
    to: string,
    description?: string,
  ): SpotlightActionData => ({
    id,
    label,
    ...(description === undefined ? {} : { description }),
    leftSection: icon,
    onClick: () => void navigate(to),
  })
  const found = search.length > 1 && data ? data : { webhooks: [], records: [] }
  const byId = placeOfId(search)
  const groups = [
    {
      group: t('search.byId'),
      actions: byId
        ? [action(search, t(`search.ids.${byId.of}`), <IconHash size={18} />, byId.to, search)]
        : [],
    },
    {
      group: t('search.webhooks'),
      actions: found.webhooks.map(({ id, name }) =>
        action(id, name, <IconWebhook size={18} />, `/webhooks/${id}`),
      ),
    },
    {
      group: t('search.records'),
      actions: found.records.map(({ kind, id, name }) =>
        action(
          `${kind}/${id}`,
          name,
          <IconUser size={18} />,
          `/records/${kind}/${encodeURIComponent(id)}`,
          kinds.find((known) => known.name === kind)?.title,
        ),
      ),
    },
    {
      group: t('search.pages'),
      actions: pages.map(([to, key]) => action(to, t(key), <IconArrowRight size={18} />, to)),
    },
    {
      group: t('nav.history'),
      actions:
        search.length > 1 && !byId
          ? [
              action(
                'history',
                t('search.inHistory', { text: search }),
                <IconHistory size={18} />,
                `/history?${new URLSearchParams({ search })}`,
              ),
            ]
          : [],
    },
  ].filter(({ actions }) => actions.length > 0)

  return (
    <Spotlight
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      actions={groups}
      // What the server found fits, also where the words differ.
      filter={(query, all) =>
        all.flatMap((entry) => {
          if (!('actions' in entry)) return []
          const actions = entry.actions.filter(
            ({ id, label = id }) =>
              !id.startsWith('/') || label.toLowerCase().includes(query.trim().toLowerCase()),
          )
          return actions.length > 0 ? [{ ...entry, actions }] : []
        })
      }
      nothingFound={t('search.nothing')}
      scrollable
      maxHeight={420}
      shortcut={null}
      // People type on at once.
      transitionProps={{ duration: 60 }}
      attributes={{ content: { 'aria-label': t('nav.search') } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('search.placeholder'),
        'aria-label': t('nav.search'),
      }}
    />
  )
}
