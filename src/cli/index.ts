/** `hookline <command>`: one file per command. */
import type { Command, Terminal } from './command.ts'
import { doctor } from './doctor.ts'
import { migrate } from './migrate.ts'
import { rotateKey } from './rotate-key.ts'
import { send } from './send.ts'
import { serve } from './serve.ts'
import { token } from './token.ts'

const commands: Command[] = [serve, migrate, doctor, send, token, rotateKey]

/** Runs what the arguments ask for; answers the exit code. */
export async function runCommand(args: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const terminal: Terminal = {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    environment,
  }
  const [name = 'help', ...rest] = args
  const command = commands.find((known) => known.name === name)
  if (!command) {
    const asked = ['help', '--help', '-h'].includes(name)
    if (!asked) terminal.error(`There is no command "${name}".`)
    for (const line of overview()) (asked ? terminal.out : terminal.error)(line)
    return asked ? 0 : 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(`${command.about}\n\n  hookline ${command.usage}`)
    return 0
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    terminal.error(error instanceof Error ? error.message : String(error))
    return error instanceof TypeError && 'code' in error ? 2 : 1
  }
}

function overview(): string[] {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    'hookline <command>',
    '',
    ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    'hookline <command> --help tells more. Settings are environment variables: hookline doctor lists them.',
  ]
}
