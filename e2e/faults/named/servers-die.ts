import { closeMongo, connectMongo } from '@mpics/mongo'
import type { FaultySystem } from '../system/faulty-system.js'
import { OUTAGE_MS, outage } from '../system/outages.js'
import { survives } from '../system/survives.js'
import { Chance } from '../load/chance.js'

const SECONDS = OUTAGE_MS / 1000

export function serversDieTests(faulty: () => FaultySystem): void {
  it.each(['kafka', 'mongodb'] as const)(`kill -9 of %s, which stays away for ${SECONDS} s`, async (name) => {
    await survives(faulty(), {
      steps: 12,
      fault: async (_, seed) => {
        await faulty().progress(new Chance(seed).below(25))
        await outage(faulty().stack.servers[name]!)
      },
    })
  })

  it('a stepdown of MongoDB, and an election', async () => {
    await survives(faulty(), {
      steps: 12,
      fault: async (_, seed) => {
        await faulty().progress(new Chance(seed).below(25))
        expect(await stepDown(faulty())).toBe(true)
        await faulty().progress(10)
      },
    })
  })

  it('kill -9 of MongoDB between the 250 of the mail server and the record of it', async () => {
    await survives(faulty(), {
      fault: async () => {
        // no process dies, so no mail may come twice
        await faulty().strike('notifications', 'mail.afterSend:delay1500')
        faulty().disarm('notifications')
        await outage(faulty().stack.servers.mongodb!)
      },
    })
  })
}

const TERM_S = 3

/** The only member may not lead for so long, and elects itself again. Resolves to whether it was the primary before. */
async function stepDown({ stack }: FaultySystem): Promise<boolean> {
  const connection = await connectMongo(stack.addresses.mongodbUri, { poolSize: 1, selectionTimeoutMs: 120_000 })
  try {
    const admin = connection.db!.admin()
    const { isWritablePrimary } = await admin.command({ hello: 1 })
    await admin.command({ replSetStepDown: TERM_S, secondaryCatchUpPeriodSecs: 0, force: true })
    return isWritablePrimary === true
  } finally {
    await closeMongo(connection)
  }
}
