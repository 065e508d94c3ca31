import type { KafkaAccess } from '../eventing-options.js'
import { withAdmin } from './topics.js'

/** Deletes every topic and group under the prefix, after a test or a trial. */
export async function deleteTopics(access: KafkaAccess & { prefix: string }): Promise<void> {
  if (!access.prefix) throw new TypeError('without a prefix this would delete everything')
  await withAdmin(access, async (admin) => {
    const mine = (name: string) => name.startsWith(access.prefix)
    const topics = (await admin.listTopics()).filter(mine)
    if (topics.length > 0) await admin.deleteTopics({ topics })
    const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter(mine)
    // a member that has just left may keep its group for a moment: an empty group does no harm
    if (groups.length > 0) await admin.deleteGroups(groups).catch(() => undefined)
  })
}
