import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes a document that is made from code. With `--check` on the command line it only compares: a file that is missing or
 * differs is named on stderr and sets the exit code to 1. `path` is relative to the top of the repository.
 */
export function writeOrCheck(path: string, text: string): void {
  const file = new URL(`../${path}`, import.meta.url)
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
    console.log(`${path} is written.`)
  } else if (read(file) === text) {
    console.log(`${path} is up to date.`)
  } else {
    console.error(`${path} is not up to date. Run \`npm run docs:write\`.`)
    process.exitCode = 1
  }
}

/** A table in Markdown. Cells are Markdown; a bar inside one is escaped here. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

/** Text in code font, whatever it holds. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

function read(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
