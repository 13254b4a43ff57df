import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** A program of the benchmark in a process of its own: it is asked one thing at a time, and answers. */
export interface Program<Ask, Answers> extends AsyncDisposable {
  pid: number
  /** Rejects with what the program threw, or when it is gone. */
  ask<Name extends keyof Answers>(ask: Extract<Ask, { do: Name }>): Promise<Answers[Name]>
}

interface Envelope {
  answer?: unknown
  error?: string
}

/** Starts `bench/<name>.ts`. */
export function startProgram<Ask, Answers>(name: string): Program<Ask, Answers> {
  const child = fork(new URL(`${name}.ts`, import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = once(child, 'exit').then(() => {
    throw new Error(`The ${name} process has ended.`)
  })
  gone.catch(() => {})
  return {
    pid: child.pid!,
    async ask(ask) {
      const reply = once(child, 'message') as Promise<[Envelope]>
      child.send(ask as object)
      const [{ answer, error }] = await Promise.race([reply, gone])
      if (error !== undefined) throw new Error(`${name}: ${error}`)
      return answer as never
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await gone.catch(() => {})
    },
  }
}

/** The other side: answers what `startProgram` asks, and ends with the process that asks. */
export function answerAsks<Ask>(answer: (ask: Ask) => unknown): void {
  process.on('message', async (ask) => {
    const envelope: Envelope = {}
    try {
      envelope.answer = (await answer(ask as Ask)) ?? null
    } catch (error) {
      envelope.error = error instanceof Error ? error.message : String(error)
    }
    process.send!(envelope)
  })
  process.on('disconnect', () => process.exit())
}

/** Linux counts in hundredths of a second (USER_HZ), on every machine. */
const msPerTick = 10

/** Milliseconds of CPU that a process has used so far, all its threads together; null where there is no /proc. */
export function cpuMs(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // proc(5): utime and stime are fields 14 and 15; the slice begins with field 3.
    return (Number(fields[11]) + Number(fields[12])) * msPerTick
  } catch {
    return null
  }
}

/** Wall-clock milliseconds with fractions, comparable between the processes of one machine. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now()
}
