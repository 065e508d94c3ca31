type Document = Record<string, unknown>
type Operator = (...values: never[]) => unknown

const number = (value: unknown): number => Number(value)

/** As many of MongoDB's aggregation operators as the lease and the processed events use. */
const operators: Record<string, Operator> = {
  $eq: (a: unknown, b: unknown) => number(a) === number(b) || a === b,
  $ne: (a: unknown, b: unknown) => a !== b,
  $lt: (a: unknown, b: unknown) => number(a) < number(b),
  $gte: (a: unknown, b: unknown) => number(a) >= number(b),
  $and: (...all: boolean[]) => all.every(Boolean),
  $or: (...all: boolean[]) => all.some(Boolean),
  $cond: (condition: boolean, then: unknown, otherwise: unknown) => (condition ? then : otherwise),
  $ifNull: (value: unknown, otherwise: unknown) => value ?? otherwise,
  $add: (a: unknown, b: unknown) => (a instanceof Date ? new Date(number(a) + number(b)) : number(a) + number(b)),
  $subtract: (a: unknown, b: unknown) => number(a) - number(b),
}

function evaluate(expression: unknown, document: Document): unknown {
  if (expression === '$$NOW') return new Date()
  if (typeof expression === 'string') return expression.startsWith('$') ? document[expression.slice(1)] : expression
  if (expression === null || typeof expression !== 'object' || expression instanceof Date) return expression
  const [[name, parts]] = Object.entries(expression) as [[string, unknown[]]]
  const operator = operators[name]
  if (!operator) throw new TypeError(`the model does not know ${name}`)
  return operator(...(parts.map((part) => evaluate(part, document)) as never[]))
}

const evaluated = (expressions: Document, document: Document): Document =>
  Object.fromEntries(Object.entries(expressions).map(([field, part]) => [field, evaluate(part, document)]))

type Update = Document | [{ $set: Document }]

function changed(document: Document, update: Update, fresh: boolean): Document {
  if (!Array.isArray(update))
    return { ...document, ...(update['$set'] as Document), ...(fresh && (update['$setOnInsert'] as Document)) }
  return { ...document, ...evaluated(update[0].$set, document) }
}

interface Filter extends Document {
  _id: string
  $expr?: unknown
  $or?: Document[]
}

interface Write {
  updateOne: { filter: Filter; update: Update; upsert?: boolean }
}

function meets(value: unknown, condition: unknown): boolean {
  const { $lt, $exists } = (condition ?? {}) as { $lt?: number; $exists?: boolean }
  if ($lt !== undefined) return value !== undefined && number(value) < $lt
  if ($exists !== undefined) return (value !== undefined) === $exists
  return value === condition
}

const fits = (document: Document, conditions: Document): boolean =>
  Object.entries(conditions).every(([field, condition]) => meets(document[field], condition))

/** A collection of MongoDB, of which each request is carried out at once and alone. */
export class ModelCollection {
  readonly documents = new Map<string, Document>()

  /** As the driver would offer it to a process: `carry` takes each request there and its answer back. */
  client(carry: <T>(what: string, effect: () => T) => Promise<T>) {
    return {
      updateOne: (filter: Filter, update: Update, options?: { upsert?: boolean }) =>
        carry('update', () => {
          const modifiedCount = this.update(filter, update, options?.upsert) ? 1 : 0
          return { modifiedCount, upsertedCount: 0 }
        }),
      bulkWrite: (writes: readonly Write[]) => carry('write many', () => this.updateMany(writes)),
      findOneAndUpdate: (filter: Filter, update: Update, options?: { upsert?: boolean }) =>
        carry('find and update', () => this.update(filter, update, options?.upsert)),
      createIndex: () => carry('create an index', () => undefined),
      aggregate: ([{ $match }, { $project }]: [{ $match: Filter }, { $project: Document }]) => ({
        toArray: () => carry('aggregate', () => this.found($match).map((document) => evaluated($project, document))),
      }),
    }
  }

  private updateMany(writes: readonly Write[]): void {
    const writeErrors: unknown[] = []
    for (const { updateOne } of writes)
      try {
        this.update(updateOne.filter, updateOne.update, updateOne.upsert)
      } catch (error) {
        writeErrors.push(error)
      }
    if (writeErrors.length > 0) throw Object.assign(new Error('a bulk write'), { writeErrors })
  }

  private found({ _id, $expr, $or, ...rest }: Filter): Document[] {
    const document = this.documents.get(_id)
    if (!document || ($expr && !evaluate($expr, document))) return []
    if ($or && !$or.some((conditions) => fits(document, conditions))) return []
    return fits(document, rest) ? [document] : []
  }

  private update(filter: Filter, update: Update, upsert = false): Document | null {
    const [found] = this.found(filter)
    if (!found && !upsert) return null
    if (!found && this.documents.has(filter._id))
      throw Object.assign(new Error('E11000 duplicate key error, index: _id_ dup key'), { code: 11000 })
    const next = changed(found ?? { _id: filter._id }, update, !found)
    this.documents.set(filter._id, next)
    return next
  }
}
