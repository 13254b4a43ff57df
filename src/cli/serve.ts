import { parseArgs } from 'node:util'
import { startServer } from '../app.ts'
import { readConfig } from '../config.ts'
import { openLog } from '../runtime/log.ts'
import type { Command } from './command.ts'

export const serve: Command = {
  name: 'serve',
  about: 'Runs the server.',
  usage: 'serve [--role all|api|worker]',
  async run(args, { out, error, environment }) {
    const { values } = parseArgs({ args, options: { role: { type: 'string' } } })
    const config = readConfig(values.role ? { ...environment, HOOKLINE_ROLE: values.role } : environment)
    const log = openLog(config.logLevel)
    const server = await startServer(config, log.logger)

    out(`Hookline listens on ${server.url}`)
    if (server.firstToken) {
      out('')
      out(`Admin token of the first account, shown this once: ${server.firstToken}`)
      out('')
    }
    if (server.setupLink) out(`Make the first user of the console, by this link, once: ${server.setupLink}`)
    if (server.loopbackReceivers)
      out('Only this machine can reach the server, so webhooks may call receivers on this machine, too.')

    const signal = await stopSignal()
    out(`${signal}: finishing what is under way`)
    // A second signal means now: what is under way is sent again by the next start.
    for (const again of ['SIGTERM', 'SIGINT'] as const) process.once(again, () => process.exit(1))
    try {
      await server.stop()
    } catch (failure) {
      error(failure instanceof Error ? failure.message : String(failure))
      return 1
    } finally {
      log.flush()
    }
    return 0
  },
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'))
    process.once('SIGINT', () => resolve('SIGINT'))
  })
}
