/**
 * `npm run docs`: are the documents that are made from code up to date? `npm run docs:write` makes them again.
 * Each comes from a script of the same name here; with `--check` a script writes nothing and fails where the file differs.
 */
import { runAll } from './run-all.ts'

const documents = ['openapi', 'settings', 'operators', 'formats']

runAll(
  documents.map((name) => ({
    name,
    command: process.execPath,
    args: [`scripts/${name}.ts`, ...process.argv.slice(2)],
  })),
)
