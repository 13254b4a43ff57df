import { Anchor, Select, TextInput } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCatalogue } from '../../../data/catalogue.ts'
import type { Pipeline, Stage, StageType } from '../../../data/pipelines.ts'
import { Panel } from '../../../parts/panel.tsx'
import { problemText } from '../../../parts/problem/text.ts'
import { NamingRow, nameInput } from './naming-row.tsx'
import { useNamePlace } from './use-name-place.ts'
import { isUnnamed, type Waiting } from './waiting.ts'

/** Pipelines and stages without a name, each pipeline before its stages. */
export function WaitingPlaces({ pipelines }: Pick<Waiting, 'pipelines'>) {
  const { t } = useTranslation('settings')
  if (pipelines.length === 0) return null
  return (
    <Panel title={t('names.places')} about={t('names.placesAbout')}>
      {pipelines.map(({ pipeline, itself, stages }) => (
        <Fragment key={`${pipeline.kind} ${pipeline.id}`}>
          {itself && <PipelineRow pipeline={pipeline} />}
          {stages.map((stage) => (
            <StageRow key={stage.id} pipeline={pipeline} stage={stage} />
          ))}
        </Fragment>
      ))}
    </Panel>
  )
}

function PipelineRow({ pipeline: { kind, id, stages } }: { pipeline: Pipeline }) {
  const { t } = useTranslation(['settings', 'common'])
  const { kinds } = useCatalogue()
  const name = useNamePlace()
  const [typed, setTyped] = useState('')
  const ofKind = kinds.find((one) => one.name === kind)?.plural ?? kind
  return (
    <NamingRow
      what={t('names.pipeline')}
      id={id}
      hint={
        <>
          {t('names.pipelineHint', { kind: ofKind, count: stages.length })} <BoardLink kind={kind} id={id} />
        </>
      }
      ready={typed.trim() !== ''}
      saving={name.isPending}
      problem={name.error ? problemText(name.error, t) : undefined}
      onSave={() => name.mutate({ kind, id, naming: { stageId: null, name: typed.trim() } })}
    >
      <TextInput
        {...nameInput}
        aria-label={t('names.nameOf', { what: t('names.pipeline'), id })}
        placeholder={t('names.pipelineExample')}
        autoComplete="off"
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </NamingRow>
  )
}

const stageTypes: readonly StageType[] = ['open', 'won', 'lost']

function StageRow({ pipeline, stage: { id, type } }: { pipeline: Pipeline; stage: Stage }) {
  const { t } = useTranslation(['settings', 'common'])
  const name = useNamePlace()
  const [typed, setTyped] = useState('')
  const [meaning, setMeaning] = useState(type)
  const place = isUnnamed(pipeline) ? pipeline.id : pipeline.name
  return (
    <NamingRow
      what={t('names.stage')}
      id={id}
      hint={
        <>
          {t('names.stageHint', { pipeline: place })}{' '}
          {!isUnnamed(pipeline) && <BoardLink kind={pipeline.kind} id={pipeline.id} />}
        </>
      }
      ready={typed.trim() !== ''}
      saving={name.isPending}
      problem={name.error ? problemText(name.error, t) : undefined}
      onSave={() =>
        name.mutate({
          kind: pipeline.kind,
          id: pipeline.id,
          naming: { stageId: id, name: typed.trim(), type: meaning },
        })
      }
    >
      <TextInput
        {...nameInput}
        aria-label={t('names.nameOf', { what: t('names.stage'), id })}
        placeholder={t('names.stageExample')}
        autoComplete="off"
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Select
        aria-label={t('names.meaningOf', { id })}
        allowDeselect={false}
        data={stageTypes.map((one) => ({ value: one, label: t(`names.stageType.${one}`) }))}
        value={meaning}
        comboboxProps={{ shadow: 'md' }}
        onChange={(picked) => setMeaning(stageTypes.find((one) => one === picked) ?? type)}
      />
    </NamingRow>
  )
}

function BoardLink({ kind, id }: { kind: string; id: string }) {
  const { t } = useTranslation('settings')
  return (
    <Anchor
      component={Link}
      to={`/pipelines/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`}
      inherit
      underline="always"
    >
      {t('names.board')}
    </Anchor>
  )
}
