import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventDefinition } from '@mpics/contracts'
import { events, eventSchemaDocument } from '@mpics/contracts/catalogue'
import type { GeneratedFile } from './generated-file.js'

export const GOLDEN = 'libs/contracts/golden'

/**
 * Keeps for ever what each released version promised: written once when an event is first released, and once more for each field
 * that it gets later. Deleting or editing one is what the compatibility tests exist to prevent.
 */
export async function goldenSamples(root: string): Promise<GeneratedFile[]> {
  const kept = await readdir(join(root, GOLDEN))
  return Promise.all(events.map((event) => goldenSample(root, event, kept)))
}

async function goldenSample(root: string, event: EventDefinition, kept: readonly string[]): Promise<GeneratedFile> {
  const mine = kept.filter((file) => file.replace(/(\.revision-\d+)?\.json$/, '') === event.type)
  const known = new Set((await Promise.all(mine.map((file) => fieldsIn(join(root, GOLDEN, file))))).flat())
  const grown = Object.keys(event.schema.shape).some((name) => !known.has(name))
  const revision = mine.length > 0 && grown ? `.revision-${mine.length + 1}` : ''
  const content = json({ sample: event.example, schema: eventSchemaDocument(event) })
  return { path: `${GOLDEN}/${event.type}${revision}.json`, content, onlyIfMissing: true }
}

async function fieldsIn(path: string): Promise<string[]> {
  const { schema } = JSON.parse(await readFile(path, 'utf8')) as { schema: { properties: object } }
  return Object.keys(schema.properties)
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
