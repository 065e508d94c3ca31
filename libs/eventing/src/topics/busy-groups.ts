import type { KafkaAccess } from '../eventing-options.js'
import { withAdmin } from './topics.js'

/** Those of the groups of services that have a member now. */
export async function busyGroups(access: KafkaAccess, services: readonly string[]): Promise<string[]> {
  const ids = services.map((service) => (access.prefix ?? '') + service)
  const { groups } = await withAdmin(access, (admin) => admin.describeGroups(ids))
  return groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId)
}
