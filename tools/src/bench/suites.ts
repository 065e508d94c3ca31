import type { Bench, StackBench } from './measuring/bench.js'
import { analyticsParts, benchAnalytics } from './analytics/analytics.js'
import { benchCost, costParts } from './cost/cost.js'
import { benchRest } from './cost/rest.js'
import { benchConsuming } from './eventing/consuming.js'
import { benchEndToEnd } from './eventing/end-to-end.js'
import { benchIdle } from './eventing/idle.js'
import { benchMemory } from './eventing/memory.js'
import { benchRecovery } from './eventing/recovery.js'
import { benchRelay } from './eventing/relay.js'
import { benchSaving } from './eventing/saving.js'
import { benchIdentity, identityParts } from './identity/identity.js'
import { benchErasure } from './rights/erasure.js'
import { benchExport } from './rights/export.js'
import { benchInventory } from './rights/inventory.js'
import { benchRestore } from './rights/restore.js'
import { benchEventToMail } from './services/event-to-mail.js'
import { benchForgottenPasswords } from './services/forgotten-passwords.js'
import { benchGatewayOverhead } from './services/gateway-overhead.js'
import { benchPageViews } from './services/page-views.js'
import { benchPhotoReady } from './services/photo-ready.js'

/** Over the six services. */
export const onSystem: Record<string, (bench: Bench) => Promise<void>> = {
  gateway: benchGatewayOverhead,
  'page-views': benchPageViews,
  photo: benchPhotoReady,
  mail: benchEventToMail,
  'forgotten-passwords': benchForgottenPasswords,
  'rights/export': benchExport,
  'rights/erasure': benchErasure,
}

/** Over the servers alone: with the services at rest beside them they would measure those too. */
export const onStack: Record<string, (bench: StackBench) => Promise<void>> = {
  'eventing/end-to-end': benchEndToEnd,
  'eventing/consuming': benchConsuming,
  'eventing/relay': benchRelay,
  'eventing/saving': benchSaving,
  'eventing/memory': benchMemory,
  'eventing/recovery': benchRecovery,
  'eventing/idle': benchIdle,
  'rights/inventory': benchInventory,
  'rights/restore': benchRestore,
  'cost/rest': benchRest,
  cost: benchCost,
  identity: benchIdentity,
  analytics: benchAnalytics,
}

/** Parts of a measurement that share what it sets up. */
export const parts: readonly string[] = [...costParts, ...identityParts, ...analyticsParts]
