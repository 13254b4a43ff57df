import { spawnSync } from 'node:child_process'

export interface Step {
  name: string
  command: string
  args: string[]
}

/** Runs the steps one after the other, shows what they print, and sets the exit code to 1 when any of them failed. */
export function runAll(steps: Step[]): void {
  const failed: string[] = []
  for (const { name, command, args } of steps) {
    console.log(`\n--- ${name}`)
    const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    if (error) console.error(error.message)
    if (status !== 0) failed.push(name)
  }
  console.log(failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.join(', ')}.`)
  if (failed.length > 0) process.exitCode = 1
}
