import type { WriteMail } from './define-mail.js'

/** A digest names so many and counts the others. */
const MAX_NAMED = 20

/** Tells of somebody. `gone`: why no mail goes out when the recipient may not see them any more. */
export const aboutActor =
  (gone: string): WriteMail =>
  async ({ accountId, parameters }, sources) => {
    const [person] = await sources.people(parameters.actorId ? [parameters.actorId] : [], accountId)
    return person ? { values: person } : { suppress: gone }
  }

/** Tells of several people. */
export const aboutActors =
  (gone: string): WriteMail =>
  async ({ accountId, parameters }, sources) => {
    const people = await sources.people(parameters.actorIds ?? [], accountId)
    if (people.length === 0) return { suppress: gone }
    const count = people.length + (parameters.moreActors ?? 0)
    const named = people.slice(0, MAX_NAMED)
    return { values: { name: people[0]?.name, people: named, count, more: count - named.length } }
  }
