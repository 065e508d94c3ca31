import { caller } from '../cost/scene/calls.js'
import type { Side } from '../cost/scene/job.js'
import { asked } from '../measuring/ask.js'
import { inTurn } from '../measuring/measure.js'
import { spent } from '../measuring/process-figures.js'
import { PocketBase, USERS } from '../references/pocketbase.js'

/** Their difference is three times the bare time of the first. */
const [COST, DEARER] = [10, 12]
const PROBES = 10

interface Collection {
  fields: { name: string; cost?: number }[]
}

/** Log-ins at PocketBase; only the cost of bcrypt is changed for some people. */
export class PocketBaseLogIns {
  constructor(private readonly server: PocketBase) {}

  /** Log-ins of somebody whose password is hashed at this cost; at the usual one unless told. */
  async logIns(cost?: number): Promise<Side> {
    if (cost !== undefined) await this.setCost(cost)
    const body = await this.server.newUser()
    return {
      name: `PocketBase ${PocketBase.version}, bcrypt ${cost ?? `${COST}, as it comes`}`,
      pids: { PocketBase: this.server.pid },
      call: caller(this.server.url, 200, () => ({ path: `${USERS}/auth-with-password`, body })),
    }
  }

  /** CPU of one bcrypt at this cost, without what a log-in costs beside it, in ms. */
  async bareMs(cost: number): Promise<number> {
    const [cheaper, dearer] = [await this.logIns(COST), await this.logIns(DEARER)]
    const each = async ({ call, pids }: Side) => {
      const [, seconds] = await spent(pids, () => inTurn(call, PROBES))
      return (Object.values(seconds)[0]! * 1000) / PROBES
    }
    await each(cheaper)
    const atCost = ((await each(dearer)) - (await each(cheaper))) / (2 ** (DEARER - COST) - 1)
    return atCost * 2 ** (cost - COST)
  }

  private async setCost(cost: number): Promise<void> {
    const { ask, headers } = this.server
    const { fields } = await asked<Collection>(ask, 200, { path: USERS, headers })
    const changed = fields.map((field) => (field.name === 'password' ? { ...field, cost } : field))
    await asked(ask, 200, { path: USERS, method: 'PATCH', headers, body: { fields: changed } })
  }
}
