import type { EdgeRoute } from '../routes/edge-route.js'

/** Routes of one kind share connections to a service: what makes one kind wait takes none of another. */
export const poolKinds = ['calls', 'changes', 'credentials', 'pictures', 'uploads'] as const
export type PoolKind = (typeof poolKinds)[number]

/** To each service. */
export const connections: Readonly<Record<PoolKind, number>> = {
  calls: 128,
  changes: 64,
  credentials: 64,
  pictures: 128,
  uploads: 32,
}

export function poolKindOf({ api, network }: Pick<EdgeRoute, 'api' | 'network'>): PoolKind {
  if (isUpload(api)) return 'uploads'
  if (api.answerTypes?.some((type) => type.startsWith('image/'))) return 'pictures'
  if (network) return 'credentials'
  return api.method === 'GET' ? 'calls' : 'changes'
}

/** Only these bodies go on to the service while they come in; the gateway reads all others whole before. */
export const isUpload = ({ bodyType }: EdgeRoute['api']): boolean => bodyType === 'multipart/form-data'
