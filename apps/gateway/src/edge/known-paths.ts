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
    const plain = unescaped(path)
    if (plain === undefined) return undefined
    const here = [...this.known.values()].filter(({ pattern }) => pattern.test(plain))
    if (here.length === 0) return undefined
    return [...METHODS.filter((method) => here.some(({ methods }) => methods.has(method))), 'OPTIONS'].join(', ')
  }
}

/** Segments are kept apart by a character that no address holds, so that an escaped `/` divides nothing. */
const DIVIDER = '\n'

function unescaped(path: string): string | undefined {
  try {
    return path.split('/').map(decodeURIComponent).join(DIVIDER)
  } catch {
    return undefined
  }
}

function patternOf(template: string): RegExp {
  const parts = decodeURIComponent(template).split(/(:\w+|\/)/)
  const source = parts.map((part) => {
    if (part === '/') return DIVIDER
    return part.startsWith(':') ? `[^${DIVIDER}]+` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`)
}
