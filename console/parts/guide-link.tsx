import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type common from '../i18n/en/common.json'

type Props =
  | { name: keyof typeof common.guide; children?: undefined }
  /** A guide that the catalogue names. */
  | { name: string; children: string }

/** Leads to a guide, beside the page. The server has it in the language of the console, or else in English. */
export function GuideLink({ name, children }: Props) {
  const { t, i18n } = useTranslation()
  return (
    <Anchor
      href={`/docs/guide/${encodeURIComponent(name)}?language=${i18n.language}`}
      target="_blank"
      inherit
      c="inherit"
      underline="always"
    >
      {children === undefined ? t(`guide.${name}`) : children}
    </Anchor>
  )
}
