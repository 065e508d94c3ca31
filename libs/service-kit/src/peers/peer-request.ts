import type { ApiDefinition } from '@mpics/contracts'

export interface PeerRequest {
  params?: unknown
  query?: unknown
  body?: unknown
}

/** The path of a call with its parameters and query filled in. */
export function pathOf(api: ApiDefinition, { params, query }: PeerRequest): string {
  const given = (params ?? {}) as Record<string, string | number>
  const path = api.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (given[name] === undefined) throw new TypeError(`${api.name} needs the parameter ${name}`)
    return encodeURIComponent(given[name])
  })
  const search = searchOf((query ?? {}) as Record<string, unknown>)
  return search ? `${path}?${search}` : path
}

function searchOf(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value])
      if (one !== undefined && one !== null) search.append(name, String(one as string | number | boolean))
  return search.toString()
}
