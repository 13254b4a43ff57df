/** The program. Everything it can do is a command; see `cli/`. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Half of a start was reading TypeScript. What is kept lies beside the packages: in the system's folder for temporary files
// others could put code of theirs. Where it cannot be written, the start takes longer.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/hookline'))
const { runCommand } = await import('./cli/index.ts')

process.exitCode = await runCommand(process.argv.slice(2), process.env)
