const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

interface KnownPath {
  pattern: RegExp
  methods: Set<string>
}

/** Knows which methods a path takes, for requests that the router finds no route for. */
export class KnownPaths {
  private readonly known = new Map<string, KnownPath>()

  add(methods: string | readonly string[], template: string): void {
    if (template === '*') return
    const known = this.known.get(template) ?? { pattern: patternOf(template), methods: new Set() }
    for (const method of [methods].flat()) known.methods.add(method)
    this.known.set(template, known)
  }

  /** Value of an `Allow` (RFC 9110 §10.2.1); undefined for a path that nothing is at. */
  allowAt(path: string): string | undefined {
    const same = evenlyEscaped(path)
    if (same === undefined) return undefined
    const here = [...this.known.values()].filter(({ pattern }) => pattern.test(same))
    if (here.length === 0) return undefined
    return [...METHODS.filter((method) => here.some(({ methods }) => methods.has(method))), 'OPTIONS'].join(', ')
  }
}

/** The same for each way to write a path (RFC 3986 §6.2.2); an escaped `/` stays one, and divides nothing. */
function evenlyEscaped(path: string): string | undefined {
  try {
    return path
      .split('/')
      .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
      .join('/')
  } catch {
    return undefined
  }
}

/** The router lets a parameter be empty. */
function patternOf(template: string): RegExp {
  const source = template
    .split(/(:\w+|\/)/)
    .map((part) =>
      /^:./.test(part) ? '[^/]*' : part === '/' ? part : encodeURIComponent(part).replace(/[.*()]/g, '\\$&'),
    )
  return new RegExp(`^${source.join('')}$`)
}
