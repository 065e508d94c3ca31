import { eventSchemaDocument, events } from '@mpics/contracts'
import type { GeneratedFile } from './generated-file.js'

/**
 * What each released version promised, kept for ever: written once when an event is first released, never again. Deleting or
 * editing one is what the compatibility tests exist to prevent.
 */
export const goldenSamples = (): GeneratedFile[] =>
  events.map((event) => ({
    path: `libs/contracts/golden/${event.type}.json`,
    content: json({ sample: event.example, schema: eventSchemaDocument(event) }),
    onlyIfMissing: true,
  }))

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
