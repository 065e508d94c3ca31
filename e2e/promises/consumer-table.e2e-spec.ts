import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as contracts from '@mpics/contracts'
import { serviceNames } from '@mpics/tools/system/services'

const HANDLER = /@On(?:Batch)?\((\w+), \{ idempotence: '(\w+)'(?:, delivery: '([\w-]+)')?/g

/** The handlers that exist, read from the consumers' sources: `service type reaction idempotence delivery`. */
async function handlers(): Promise<string[]> {
  const found: string[] = []
  for (const service of serviceNames) {
    const folder = join(__dirname, '../../apps', service, 'src/consumers')
    const files = await readdir(folder).catch(() => [])
    for (const file of files.filter((f) => f.endsWith('.ts') && !f.endsWith('.spec.ts'))) {
      const source = (await readFile(join(folder, file), 'utf8')).replace(/\s+/g, ' ').replaceAll('( ', '(')
      for (const [, name, idempotence, delivery = 'shared'] of source.matchAll(HANDLER)) {
        const event = (contracts as unknown as Record<string, { type: string }>)[name!]
        found.push([service, event?.type, file.replace('.ts', ''), idempotence, delivery].join(' '))
      }
    }
  }
  return found.sort()
}

describe('the table of consumers', () => {
  it('B14 says exactly who reacts to what: rights on the bus are made from it', async () => {
    const table = contracts.consumers.map((c) =>
      [c.service, c.event.type, c.reaction, c.idempotence, c.delivery].join(' '),
    )
    expect(await handlers()).toEqual(table.sort())
  })
})
