import { Mailbox } from '@mpics/tools/people/mailbox'
import { eventually } from '@mpics/testing/eventually'
import { Operator } from '../../driver/operator.js'
import { Guarded } from '../load/guarded.js'
import { Requests } from '../load/requests.js'
import type { FaultySystem } from './faulty-system.js'
import { leaves } from './leaving.js'

type Act = (holder: Guarded, faulty: FaultySystem) => Promise<void>

const ORDER_MS = 240_000

const exporting: Act = (holder) => holder.fetchExport()

/** What has to happen for a fail point to be passed, and what follows for whom it happened to. */
const acts: Record<string, Act> = {
  'export.afterPart': exporting,
  'export.beforeJoin': exporting,
  'export.afterJoin': exporting,
  'erasure.afterOpen': leaves,
  'erasure.afterEntry': leaves,
  'erasure.beforeNote': leaves,
  'erasure.afterMail': leaves,
  'closure.afterSave': async (holder) => {
    await holder.close()
    await holder.restore()
    await holder.close()
  },
  'lock.afterSave': async (holder, faulty) => {
    await order(faulty, 'lock', holder)
    await holder.lockedOut()
    await order(faulty, 'unlock', holder)
    await holder.logIn()
    await order(faulty, 'lock', holder)
    await holder.lockedOut()
  },
  'password-change.afterSave': async (holder) => {
    await holder.makeToken()
    await holder.choosePassword()
  },
  'email-change.afterSave': (holder) => holder.moveTo(`another.${holder.email}`),
  'email-change.afterDecision': (holder) => holder.refuse(`another.${holder.email}`),
  'factor.afterSave': async (holder) => {
    await holder.makeToken()
    await holder.revokeToken(await holder.makeToken())
    await holder.addAuthenticator()
    await holder.makeCodes()
    await holder.removeAuthenticator()
  },
}

/** Undefined for a fail point that people pass anyway. Resolves once somebody is there who will make it be passed. */
export async function preparedAct(faulty: FaultySystem, point: string): Promise<(() => Promise<void>) | undefined> {
  const act = acts[point]
  if (!act) return undefined
  const { system, history } = faulty
  // no handle is the beginning of another one
  const handle = `a${Date.now().toString(36)}_${Object.keys(acts).indexOf(point)}x`
  const mailbox = new Mailbox(system.stack.mailApi!)
  const holder = new Guarded(handle, new Requests(system.gatewayUrl, history), mailbox)
  await holder.join()
  await holder.upload(`Title of ${handle}`)
  return async () => {
    // the acts before may have taken longer than a token and its proof last
    await holder.logIn()
    await act(holder, faulty)
  }
}

/** Given until it is answered: the one before may have died of it. */
async function order(faulty: FaultySystem, kind: 'lock' | 'unlock', { handle, accountId }: Guarded): Promise<void> {
  const body = { account: handle, ...(kind === 'lock' && { reason: 'abuse' }) }
  const give = async () => {
    await new Operator(faulty).order(`${kind}-account`, body)
    return true
  }
  await eventually(`the ${kind} of ${handle}`, give, ORDER_MS)
  faulty.history.assume({ kind, accountId })
}
