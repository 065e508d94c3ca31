/** Slots of maps, objects and an index of tags take so much beside the texts of an entry. */
const ENTRY_BYTES = 1_000

/** Estimates the memory of an entry, rather too high than too low: each character may take two bytes. */
const bytesOf = (value: unknown, key: string): number => ENTRY_BYTES + 2 * (key.length + JSON.stringify(value).length)

/** Bounds an LRU cache to a number of entries. `max` would make lists of that length at once, which a service at rest holds for nothing. */
export const growingTo = (maxEntries: number) => ({ maxSize: maxEntries, sizeCalculation: () => 1 })

/** Bounds an LRU cache whose keys or values strangers choose: the least recently used entry goes first. */
export const boundedTo = (maxBytes: number) => ({ maxSize: maxBytes, sizeCalculation: bytesOf })
