/** Makes docs/settings.md from the table in src/config.ts. */
import { settings } from '../src/config.ts'
import { code, table, writeOrCheck } from './generated.ts'

const rows = Object.values(settings).map((setting) => {
  const { env, default: fallback, about } = setting
  const hidden = 'secret' in setting && setting.secret ? ' Never printed.' : ''
  return [code(env), fallback === '(none)' ? 'none' : code(fallback), about + hidden]
})

writeOrCheck(
  'docs/settings.md',
  `# Settings

Settings come from environment variables. There is no settings file. An empty value counts as not set.
A wrong value, or a name that starts with \`HOOKLINE_\` and is not in this table, stops the start and says why.
\`npm run hookline -- doctor\` prints the table with the values that are in force.

${table(['Setting', 'Default', 'What it is'], rows)}

This page is made from \`src/config.ts\` by \`npm run docs:write\`.
`,
)
