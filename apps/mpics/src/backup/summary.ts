import type { Manifest } from './manifest.js'

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
  const sum = (of: 'documents' | 'objects') =>
    files.filter(({ kind }) => kind === of).reduce((all, { count }) => all + count, 0)
  const seconds = (Date.parse(finishedAt) - Date.parse(openedAt)) / 1000
  const bytes = files.reduce((all, file) => all + file.bytes, 0)
  return { id, consistentAt, seconds, encrypted, documents: sum('documents'), objects: sum('objects'), bytes }
}
