import { randomBytes } from 'node:crypto'
import { type About, aboutField } from '@mpics/contracts'
import type { z } from 'zod'

type Inner = Record<string, unknown> & { type: string }
interface Shaped {
  shape: Record<string, z.ZodType>
  options: z.ZodType[]
  element: z.ZodType
  entries: Record<string, string>
  values: unknown[]
}

/** A text that a body may hold: where it stands, what the contracts say of it, and what it was filled with. */
export interface FilledText {
  path: string
  about: About | undefined
  value: string
}

const mark = () => `canary${randomBytes(6).toString('hex')}`

/** From a text that nobody would write by chance to what only an address or a name may be. */
const candidates = (unique: string) => [
  `${unique} "Ä", 'é' <b>&amp; 日本 🌍`,
  unique,
  `https://${unique}.example/?q=%C3%A4`,
  `${unique}@people.example`,
]

/** Makes a body of a call by its schema: each text has a value of its own that the schema takes. */
export class CanaryBody {
  readonly texts: FilledText[] = []

  constructor(
    schema: z.ZodType,
    /** Values of fields that are no free text, by their path. */
    private readonly given: Readonly<Record<string, unknown>> = {},
  ) {
    this.body = this.fill(schema, '', undefined) as Record<string, unknown>
  }

  readonly body: Record<string, unknown>

  private fill(schema: z.ZodType, path: string, above: About | undefined): unknown {
    if (path in this.given) return this.given[path]
    const about = aboutField(schema) ?? above
    const def = schema.def as unknown as Inner & Shaped
    if (def.type === 'string') return this.text(schema, path, about)
    if (def.type === 'object') return this.object(def.shape, path, about)
    if (def.type === 'array') return [this.fill(def.element, `${path}[]`, about)]
    if (def.type === 'union') return this.fill(def.options[0]!, path, about)
    if (def.type === 'enum') return Object.values(def.entries).at(-1)
    if (def.type === 'literal') return def.values[0]
    if (def.type === 'boolean') return true
    const wrapped = def['innerType'] ?? def['in']
    if (wrapped) return this.fill(this.written(wrapped as z.ZodType, def), path, about)
    return undefined
  }

  /** What comes before a transformation is written by people; what comes after a plain function is not. */
  private written(inner: z.ZodType, { type, ...def }: Inner): z.ZodType {
    const isPrepared = type === 'pipe' && (inner.def as unknown as Inner).type === 'transform'
    return isPrepared ? (def['out'] as z.ZodType) : inner
  }

  private object(shape: Record<string, z.ZodType>, path: string, about: About | undefined): object {
    const fields = Object.entries(shape).map(([name, field]) => {
      return [name, this.fill(field, path ? `${path}.${name}` : name, about)] as const
    })
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
  }

  private text(schema: z.ZodType, path: string, about: About | undefined): string | undefined {
    const value = candidates(mark()).find((text) => schema.safeParse(text).success)
    if (about?.classification === 'secret' || value === undefined) {
      if (about?.classification !== 'secret') this.texts.push({ path, about, value: '' })
      return undefined
    }
    this.texts.push({ path, about, value })
    return value
  }
}
