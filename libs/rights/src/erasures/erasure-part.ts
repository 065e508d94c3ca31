import { decide, type Decision, type NewEvent, unchanged } from '@mpics/contracts'

/** What one service did of an erasure. It names no account. */
export interface ErasurePart {
  id: string
  begunAt: Date
  documents: number
  objects: number
  finishedAt: Date | null
}

export interface ErasedCounts {
  documents: number
  objects: number
}

export const beginPart = (id: string, now: Date): Decision<ErasurePart> =>
  decide({ id, begunAt: now, documents: 0, objects: 0, finishedAt: null })

export const addErased = (part: ErasurePart, { documents, objects }: ErasedCounts): Decision<ErasurePart> =>
  documents + objects === 0 || part.finishedAt
    ? unchanged(part)
    : decide({ ...part, documents: part.documents + documents, objects: part.objects + objects })

type Completed = (data: ErasedCounts & { erasureId: string }) => NewEvent

/** States it once, however often the erasure is ordered. */
export function finishPart(part: ErasurePart, completed: Completed, now: Date): Decision<ErasurePart> {
  if (part.finishedAt) return unchanged(part)
  const { id: erasureId, documents, objects } = part
  return decide({ ...part, finishedAt: now }, completed({ erasureId, documents, objects }))
}
