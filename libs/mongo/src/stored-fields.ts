import type { About } from '@mpics/contracts'

/**
 * Says of each field what it is and why it is held, by its name; of fields within it likewise, whether they stand in an object or in the
 * objects of a list. `*` stands for every name, and whatever is below it.
 */
export interface StoredFields {
  readonly [name: string]: About | StoredFields
}

const ANY = '*'

const isAbout = (field: About | StoredFields): field is About => typeof field['classification'] === 'string'

/** Each field by its whole name, e.g. `emailChange.email`. */
export const statedFields = (fields: StoredFields): [name: string, about: About][] =>
  Object.entries(fields).flatMap(([name, field]) =>
    isAbout(field)
      ? [[name, field] as [string, About]]
      : statedFields(field).map(([inner, about]): [string, About] => [`${name}.${inner}`, about]),
  )

/** What is said of a field, or of the fields within it. */
export function statementOf(fields: StoredFields, path: readonly string[]): About | StoredFields | undefined {
  let at: About | StoredFields = fields
  for (const name of path) {
    if (isAbout(at)) return undefined
    const known: About | StoredFields | undefined = Object.hasOwn(at, name) ? at[name] : at[ANY]
    if (!known) return undefined
    if (isAbout(known) && !Object.hasOwn(at, name)) return known
    at = known
  }
  return at
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The fields of a document of which nothing is said, each by its whole name. */
export function unstatedIn(stated: About | StoredFields, value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each: unknown) => unstatedIn(stated, each, path)))]
  if (!isPlain(value)) return isAbout(stated) || value === null || value === undefined ? [] : [path]
  if (isAbout(stated)) return [`${path}.*`]
  return Object.entries(value).flatMap(([name, inner]) => {
    const whole = path ? `${path}.${name}` : name
    const [own, any] = [Object.hasOwn(stated, name) ? stated[name] : undefined, stated[ANY]]
    if (own) return unstatedIn(own, inner, whole)
    if (!any) return [whole]
    return isAbout(any) ? [] : unstatedIn(any, inner, whole)
  })
}
