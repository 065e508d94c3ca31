import { setTimeout as delay } from 'node:timers/promises'
import kafkajs, { type AclEntry, type Admin } from 'kafkajs'
import type { KafkaAccess } from '../eventing-options.js'
import { type BusRight, busRights, CATALOGUE } from './acls.js'
import { analystsAmong } from './analyst-names.js'
import type { Catalogue } from './topic-plan.js'
import { withAdmin } from './topics.js'

interface BrokerRight {
  principal: string
  permission: string
  operation: string
  resource: string
  name: string
  pattern: string
  host: string
}

export type RightDifference = BrokerRight & { kind: 'missing' | 'unplanned' }

interface RightsOptions {
  catalogue?: Catalogue
  /** Also removes rights that the catalogue does not give. */
  prune?: boolean
}

/** Compares the broker's rights on the catalogue's names, and those of its principals under the prefix; ignores all others. */
export async function diffRights(access: KafkaAccess, catalogue?: Catalogue): Promise<RightDifference[]> {
  return withAdmin(access, (admin) => differences(admin, access.prefix, catalogue))
}

/** Gives missing rights; removes others only with `prune`. Resolves to the changes when the broker applies them. */
export async function applyRights(access: KafkaAccess, options: RightsOptions = {}): Promise<RightDifference[]> {
  return withAdmin(access, async (admin) => {
    const found = await differences(admin, access.prefix, options.catalogue)
    const changes = found.filter(({ kind }) => kind === 'missing' || options.prune)
    const [missing, unplanned] = (['missing', 'unplanned'] as const).map((kind) =>
      changes.filter((change) => change.kind === kind).map(entryOf),
    ) as [AclEntry[], AclEntry[]]
    if (missing.length > 0) await admin.createAcls({ acl: missing })
    if (unplanned.length > 0) await admin.deleteAcls({ filters: unplanned })
    await untilApplied(admin, changes)
    return changes
  })
}

async function differences(admin: Admin, prefix = '', catalogue = CATALOGUE): Promise<RightDifference[]> {
  const given = await listed(admin)
  const analysts = [...(catalogue.analysts ?? []), ...analystsAmong(given, prefix)]
  const wanted = busRights(prefix, { ...catalogue, analysts }).flatMap(ofBroker)
  const found = given.filter((right) => concerns(right, prefix, wanted))
  const [has, wants] = [new Set(found.map(keyOf)), new Set(wanted.map(keyOf))]
  return [
    ...wanted.filter((right) => !has.has(keyOf(right))).map((right) => ({ ...right, kind: 'missing' as const })),
    ...found.filter((right) => !wants.has(keyOf(right))).map((right) => ({ ...right, kind: 'unplanned' as const })),
  ]
}

export const ofBroker = ({ operations, ...right }: BusRight): BrokerRight[] =>
  operations.map((operation) => brokerRight(right, operation))

const brokerRight = (
  { principal, resource, name, prefixed }: { principal: string; resource: string; name: string; prefixed?: true },
  operation: string,
): BrokerRight => ({
  principal,
  permission: 'allow',
  operation,
  resource,
  name,
  pattern: prefixed ? 'prefixed' : 'literal',
  host: '*',
})

const ANYTHING = {
  resourceType: kafkajs.AclResourceTypes.ANY,
  resourcePatternType: kafkajs.ResourcePatternTypes.ANY,
  operation: kafkajs.AclOperationTypes.ANY,
  permissionType: kafkajs.AclPermissionTypes.ANY,
}

export async function listed(admin: Admin): Promise<BrokerRight[]> {
  const { resources } = await admin.describeAcls(ANYTHING)
  return resources.flatMap(({ acls, resourceType, resourceName, resourcePatternType }) =>
    acls.map(({ principal, permissionType, operation, host }) => ({
      principal,
      permission: wordOf(kafkajs.AclPermissionTypes, permissionType),
      operation: wordOf(kafkajs.AclOperationTypes, operation),
      resource: wordOf(kafkajs.AclResourceTypes, resourceType),
      name: resourceName,
      pattern: wordOf(kafkajs.ResourcePatternTypes, resourcePatternType),
      host,
    })),
  )
}

function concerns(right: BrokerRight, prefix: string, wanted: readonly BrokerRight[]): boolean {
  if (!wanted.some(({ resource }) => resource === right.resource)) return false
  const ours = wanted.some(({ principal }) => principal === right.principal)
  if (ours && (right.name.startsWith(prefix) || right.name === '*')) return true
  return wanted.some(({ resource, name }) => resource === right.resource && covers(right, name))
}

const covers = ({ name, pattern }: BrokerRight, resource: string): boolean =>
  pattern === 'prefixed' ? resource.startsWith(name) : name === resource || name === '*'

export const entryOf = (right: BrokerRight): AclEntry => ({
  principal: right.principal,
  host: right.host,
  operation: numberOf(kafkajs.AclOperationTypes, right.operation),
  permissionType: numberOf(kafkajs.AclPermissionTypes, right.permission),
  resourceType: numberOf(kafkajs.AclResourceTypes, right.resource),
  resourceName: right.name,
  resourcePatternType: numberOf(kafkajs.ResourcePatternTypes, right.pattern),
})

const keyOf = ({ principal, permission, operation, resource, name, pattern, host }: BrokerRight): string =>
  [principal, permission, operation, resource, pattern, name, host].join(' ')

/** kafkajs writes TRANSACTIONAL_ID, people transactional-id. */
const wordOf = (words: object, value: number): string =>
  Object.entries(words)
    .find(([, number]) => number === value)?.[0]
    .toLowerCase()
    .replaceAll('_', '-') ?? String(value)
const numberOf = (words: object, word: string): number =>
  (words as Record<string, number>)[word.toUpperCase().replaceAll('-', '_')]!

const WAIT_MS = 15_000
const AGAIN_MS = 50

/** The controller has a change at once, the asked broker a moment later. */
export async function untilApplied(admin: Admin, changes: readonly RightDifference[]): Promise<void> {
  const until = Date.now() + WAIT_MS
  const applied = async () => {
    const held = new Set((await listed(admin)).map(keyOf))
    return changes.every((change) => held.has(keyOf(change)) === (change.kind === 'missing'))
  }
  while (!(await applied())) {
    if (Date.now() > until) throw new Error(`the broker does not go by the new rights after ${WAIT_MS / 1000} s`)
    await delay(AGAIN_MS)
  }
}
