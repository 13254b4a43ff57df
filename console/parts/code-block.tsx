import '@mantine/code-highlight/styles.css'
import {
  CodeHighlight,
  CodeHighlightAdapterProvider,
  createHighlightJsAdapter,
} from '@mantine/code-highlight'
import hljs from 'highlight.js/lib/core'
import json from 'highlight.js/lib/languages/json'
import plaintext from 'highlight.js/lib/languages/plaintext'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

hljs.registerLanguage('json', json)
// Everything else is shown as it is.
hljs.registerLanguage('plaintext', plaintext)
const adapter = createHighlightJsAdapter(hljs)

interface Props {
  code: string
  /** `json` is coloured; all else is shown as it is. */
  language?: 'json' | 'text'
  label?: string
  maxHeight?: number
}

/** Code or a body, with a button that copies it. */
export function CodeBlock({ code, language = 'text', label, maxHeight = 420 }: Props) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  // What scrolls must be reached by keyboard, and the component gives no way to say so.
  useEffect(() => {
    root.current?.querySelector('[data-scrollarea-viewport]')?.setAttribute('tabindex', '0')
  }, [])
  // A single line, such as a command, is read whole.
  const wrapped = code.includes('\n') ? {} : ({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const)
  // Nothing of it ends up under the button that copies.
  const codeStyle = { ...wrapped, paddingInlineEnd: 52 }
  return (
    <CodeHighlightAdapterProvider adapter={adapter}>
      <CodeHighlight
        ref={root}
        code={code}
        language={language === 'json' ? 'json' : 'plaintext'}
        radius="md"
        copyLabel={t('copy')}
        copiedLabel={t('copied')}
        aria-label={label}
        styles={{ scrollarea: { maxHeight }, code: codeStyle, pre: wrapped }}
      />
    </CodeHighlightAdapterProvider>
  )
}

/** Text of a body as people read it: JSON with line breaks, everything else as it is. */
export function prettyBody(body: string): { code: string; language: 'json' | 'text' } {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null)
      return { code: JSON.stringify(value, null, 2), language: 'json' }
  } catch {
    // No JSON: as it came.
  }
  return { code: body, language: 'text' }
}
