/** Where a command writes, and what it reads of its surroundings. */
export interface Terminal {
  out(line: string): void
  error(line: string): void
  environment: NodeJS.ProcessEnv
}

/** One word after `hookline`. */
export interface Command {
  name: string
  about: string
  usage: string
  /** Resolves with the process's exit code. Throws an Error whose message is for people. */
  run(args: string[], terminal: Terminal): Promise<number>
}
