export interface Origin {
  /** Name in the catalogue. */
  readonly topic: string
  readonly partition: number
  /** A dead letter that came back to this group. */
  readonly replayed: boolean
}

export const replayTopic = (topic: string, group: string): string => `${topic}.replay.${group}`
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.dlt.${group}`

export const sourceOf = ({ partition, replayed }: Origin): string => (replayed ? `replay-${partition}` : `${partition}`)
