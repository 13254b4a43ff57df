import { expect, test } from 'vitest'
import { done } from '../support/api.ts'
import { makeFirstOwner } from '../support/people.ts'
import { backends, makePlace, spawnServer } from '../support/server.ts'

const line = /first user of the console.* (http\S+\/setup#\w+)$/

test.each(backends)(
  'each start prints a link for the first user until there is one, on %s',
  async (backend) => {
    await using place = await makePlace(backend)
    const links = []
    for (let starts = 0; starts < 2; starts++) {
      await using server = await spawnServer(place)
      const [, setupLink = ''] = line.exec(await server.said(line)) ?? []
      expect(setupLink.startsWith(`${server.url}/setup#`)).toBe(true)
      links.push(setupLink)
      if (starts === 1) {
        const { api } = await makeFirstOwner({ url: server.url, setupLink })
        expect(await done(api.get('/v1/session'))).toMatchObject({ setup_needed: false })
      }
    }
    expect(links[0]).not.toBe(links[1])
    await using server = await spawnServer(place)
    server.kill('SIGTERM')
    await expect(server.said(line)).rejects.toThrow('said no more')
  },
)
