/** The program. Everything it can do is a command; see `cli/`. */
import { runCommand } from './cli/index.ts'

process.exitCode = await runCommand(process.argv.slice(2), process.env)
