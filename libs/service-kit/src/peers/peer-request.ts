import type { ApiDefinition } from '@mpics/contracts'

export interface PeerRequest {
  params?: unknown
  query?: unknown
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Nobody waits for the answer yet: see `PeerInput`. */
  isEarly?: boolean
}

export function pathOf(api: ApiDefinition, { params, query }: PeerRequest): string {
  const given = (params ?? {}) as Record<string, string | number>
  const path = api.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (given[name] === undefined) throw new TypeError(`${api.name} needs the parameter ${name}`)
    // half a character of a caller is no failure of the service: it answers that there is no such thing
    return encodeURIComponent(String(given[name]).toWellFormed())
  })
  const search = query ? searchOf(query as Record<string, Plain | Plain[]>) : ''
  return search ? `${path}?${search}` : path
}

type Plain = string | number | boolean | null | undefined

function searchOf(query: Record<string, Plain | Plain[]>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) search.append(name, String(one))
  return search.toString()
}
