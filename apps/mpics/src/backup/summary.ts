import type { Manifest } from './manifest.js'

type Kind = Manifest['files'][number]['kind']

export interface Summary {
  id: string
  consistentAt: string
  seconds: number
  encrypted: boolean
  documents: number
  objects: number
  bytes: number
}

export function summaryOf({ id, openedAt, consistentAt, finishedAt, encrypted, files }: Manifest): Summary {
  const sum = (of: Kind) => files.filter(({ kind }) => kind === of).reduce((all, { count }) => all + count, 0)
  const seconds = (Date.parse(finishedAt) - Date.parse(openedAt)) / 1000
  const bytes = files.reduce((all, file) => all + file.bytes, 0)
  return { id, consistentAt, seconds, encrypted, documents: sum('documents'), objects: sum('objects'), bytes }
}

/** How fast each kind came back. Null: there was none. */
export function ratesOf({ files }: Manifest, seconds: Record<Kind, number>) {
  const rate = (of: Kind, figure: 'count' | 'bytes') => {
    const sum = files.filter(({ kind }) => kind === of).reduce((all, file) => all + file[figure], 0)
    return sum === 0 ? null : Math.round((10 * sum) / seconds[of]) / 10
  }
  const bytesPerSecond = rate('objects', 'bytes')
  return {
    documentsPerSecond: rate('documents', 'count'),
    megabytesPerSecond: bytesPerSecond && Math.round(bytesPerSecond / 1e5) / 10,
  }
}
