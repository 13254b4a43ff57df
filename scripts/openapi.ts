/** Writes docs/openapi.json from the routes. */
import type { ApiContext } from '../src/api/context.ts'
import { openapiDocument } from '../src/api/openapi.ts'
import { buildApi } from '../src/api/server.ts'
import { readConfig } from '../src/config.ts'
import { writeOrCheck } from './generated.ts'

// Nothing is asked of the server but its own description, so nothing behind it is needed.
const app = buildApi({ config: readConfig({}) } as ApiContext)
await app.ready()
writeOrCheck('docs/openapi.json', `${JSON.stringify(openapiDocument(app), null, 2)}\n`)
await app.close()
