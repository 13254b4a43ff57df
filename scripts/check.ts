/**
 * `npm run check`: runs every check, also after one has failed, so that one run names all that is wrong. Each is an npm
 * script of its own. Exits with 1 when any of them failed.
 */
import { runAll } from './run-all.ts'

const checks = ['format', 'lint', 'types', 'arrows', 'dead-code', 'docs']

runAll(checks.map((name) => ({ name, command: 'npm', args: ['run', '--silent', name] })))
