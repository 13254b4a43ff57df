import { Group, Text, UnstyledButton } from '@mantine/core'
import { IconBraces, IconPlugConnected, IconWorldWww } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useCatalogue } from '../../data/catalogue.ts'
import { useMay } from '../../data/session.ts'
import { useMakeSource } from '../../data/sources.ts'
import { Page as Frame } from '../../parts/page.tsx'
import { areMapped, withFixedKind } from './map-rows.ts'
import { SourceForm } from './source-form.tsx'
import classes from './sources.module.css'

const icons: Record<string, typeof IconBraces> = { 'generic-json': IconBraces, 'site-tracker': IconWorldWww }

/** First which system calls, then what it needs. */
export function NewSource() {
  const { t } = useTranslation('sources')
  const may = useMay()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const { sources } = useCatalogue()
  const make = useMakeSource()
  const type = sources.find(({ name }) => name === params.get('type'))
  const trail = [{ title: t('title'), to: '/sources' }]
  if (!may.manage) {
    return (
      <Frame title={t('new.title')} trail={trail}>
        <Text>{t('new.viewer')}</Text>
      </Frame>
    )
  }
  if (!type) {
    return (
      <Frame title={t('new.title')} about={t('new.about')} trail={trail}>
        <ul className={classes['types']}>
          {sources.map(({ name, title, description }) => {
            const Icon = icons[name] ?? IconPlugConnected
            return (
              <li key={name}>
                <UnstyledButton
                  component={Link}
                  to={`?type=${encodeURIComponent(name)}`}
                  className={classes['type'] ?? ''}
                >
                  <Group gap={8} wrap="nowrap" align="flex-start">
                    <Icon size={20} stroke={1.7} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden />
                    <Text fw={600}>{title}</Text>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {description}
                  </Text>
                </UnstyledButton>
              </li>
            )
          })}
        </ul>
      </Frame>
    )
  }
  return (
    <Frame
      title={t('new.of', { type: type.title })}
      about={type.description}
      trail={[...trail, { title: t('new.title'), to: '/sources/new' }]}
    >
      <SourceForm
        key={type.name}
        isNew
        type={type}
        start={{ name: type.title, options: areMapped(type.options) ? withFixedKind({}, 'lead') : {} }}
        problem={make.error}
        saving={make.isPending}
        saveLabel={t('new.save')}
        onSave={({ name, options }) =>
          make.mutate(
            { adapter: type.name, name, options },
            { onSuccess: ({ id }) => void navigate(`/sources/${id}`, { replace: true }) },
          )
        }
      />
    </Frame>
  )
}
