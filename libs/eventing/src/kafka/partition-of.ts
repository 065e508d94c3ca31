/** MurmurHash2 (Appleby) as Kafka’s own producer applies it, so that a key keeps its partition whoever publishes. */
const SEED = 0x9747b28c
const M = 0x5bd1e995
const R = 24
const WORD = 4
const POSITIVE = 0x7fffffff

/** kafkajs finds the same, in BigInts and ten times slower. */
export function partitionOf(key: string | Buffer, partitions: number): number {
  return (murmur2(typeof key === 'string' ? Buffer.from(key) : key) & POSITIVE) % partitions
}

function murmur2(bytes: Buffer): number {
  let hash = SEED ^ bytes.length
  const whole = bytes.length - (bytes.length % WORD)
  for (let at = 0; at < whole; at += WORD) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    const mixed = Math.imul(word, M)
    hash = Math.imul(hash, M) ^ Math.imul(mixed ^ (mixed >>> R), M)
  }
  if (whole < bytes.length) hash = Math.imul(hash ^ restOf(bytes, whole), M)
  const spread = Math.imul(hash ^ (hash >>> 13), M)
  return spread ^ (spread >>> 15)
}

/** The last one to three bytes, the first of them lowest. */
function restOf(bytes: Buffer, from: number): number {
  let rest = 0
  for (let at = bytes.length - 1; at >= from; at--) rest = (rest << 8) | bytes[at]!
  return rest
}
