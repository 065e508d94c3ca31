const ADDRESS = /[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/g
const MAX_LENGTH = 300

/** Keeps the message of errors of Kafka and of ours, which speak of topics and servers. */
export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(ADDRESS, '…').slice(0, MAX_LENGTH)
}
