/** The outside view of a system at rest. */
export interface Observed {
  /** Every record, by topic of the catalogue, in order per partition. */
  records: Record<string, SeenRecord[]>
  /** Open dead letters. */
  deadLetters: SeenDeadLetter[]
  documents: Documents
  mails: SeenMail[]
  /** `service.collection/id` of each document with unpublished events. */
  unpublished: string[]
  /** Ids of events that Kafka will never take, and a relay set aside. */
  refused: string[]
  /** Names of the stored files, by bucket. */
  objects: string[]
  /** What the processes wrote, by file. */
  logs: Record<string, string>
}

export interface SeenRecord {
  partition: number
  offset: number
  key: string | null
  value: string | null
  headers: Record<string, string>
}

export interface SeenDeadLetter {
  topic: string
  group: string
  /** `topic/partition/offset` of the failed event. */
  origin: string
  eventId?: string
}

export interface SeenMail {
  messageId: string
  to: string[]
  text: string
}

export interface Stored {
  _id: string
  version?: number
  // the checker compares raw documents with their expected form
  // oxlint-disable-next-line typescript/no-explicit-any
  [field: string]: any
}

/** By service and collection. */
export type Documents = Record<string, Record<string, Stored[]>>

export const collectionOf = ({ documents }: Pick<Observed, 'documents'>, service: string, name: string): Stored[] =>
  documents[service]?.[name] ?? []

export interface Fact {
  id: string
  type: string
  key: string
  sequence: number
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any
}

/** Each event of a topic once: publishing a fact twice makes one fact. */
export function factsIn({ records }: Pick<Observed, 'records'>, topic: string): Fact[] {
  const found = new Map<string, Fact>()
  for (const { headers, value, key } of records[topic] ?? []) {
    const { ce_id: id = '', ce_type: type = '', ce_sequence: sequence } = headers
    if (value === null || found.has(id)) continue
    found.set(id, { id, type, key: key ?? '', sequence: Number(sequence ?? 0), data: JSON.parse(value) })
  }
  return [...found.values()]
}

export const factsOf = (seen: Pick<Observed, 'records'>, type: string): Fact[] =>
  factsIn(seen, type.split('.', 2).join('.')).filter((fact) => fact.type === type)
