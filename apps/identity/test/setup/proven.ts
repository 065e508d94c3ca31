import type { Caller } from './caller.js'
import { logIn, type Person } from './people.js'
import type { ServiceHarness } from './service-harness.js'

/** Calls as a person who logged in a moment ago. */
export async function provenAs(harness: ServiceHarness, person: Person, roles?: readonly string[]): Promise<Caller> {
  const { body } = await logIn(harness, person)
  return harness.as(person.id, (body as { sessionId: string }).sessionId, roles)
}
