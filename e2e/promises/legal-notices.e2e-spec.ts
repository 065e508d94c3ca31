import { closeMongo, type Connection, connectMongo } from '@mpics/mongo'
import { eventually } from '@mpics/testing/eventually'
import { databaseUri } from '@mpics/tools/environment/system/environment'
import { type Mail } from '@mpics/tools/people/mailbox'
import { Member, newPerson } from '@mpics/tools/people/member'
import { dyingSystem } from '../driver/dying-system.js'
import { newStaff, nextPolicy, publish } from '../driver/staff.js'
import { parts } from '../driver/system.js'

/** More than one page of recipients. */
const PEOPLE = 620
const AT_ONCE = 20
/** Deaths of who sends the mails; each may have sent a mail of which nothing is noted. */
const DEATHS = 2
const ALL_MS = 240_000

interface Account {
  _id: string
  email: string
}

describe('kill -9 of notifications, identity and the gateway while everybody is told of a policy', () => {
  const { running, dies } = dyingSystem(() => Promise.resolve({ NOTIFICATIONS_LEASE_MS: '5000' }))
  let identityData: Connection
  let notificationsData: Connection

  const open = (service: string) => {
    const { stack, prefix } = running.system
    return connectMongo(databaseUri(stack.mongodbUri, `${prefix}${service}`.replaceAll(/[^A-Za-z0-9_-]/g, '_')))
  }
  beforeAll(async () => {
    ;[identityData, notificationsData] = [await open('identity'), await open('notifications')]
  })
  afterAll(() => Promise.all([closeMongo(identityData), closeMongo(notificationsData)]))

  const accounts = () => identityData.collection<Account>('accounts')
  const records = () =>
    notificationsData.collection('emails').find({ kind: 'policy-changed' }, { projection: { accountId: 1, status: 1 } })
  const kill = (...names: ('identity' | 'gateway')[]) => names.forEach((name) => running.system.services[name].kill())

  /** Stored as identity stores them: to register hundreds of people would take minutes. */
  async function isJoinedByMany(): Promise<void> {
    const { api, mailbox } = parts(running)
    const first = new Member(newPerson('first', 'The First'), api, mailbox)
    await first.join()
    const account = await accounts().findOne({ _id: first.accountId })
    const others = Array.from({ length: PEOPLE }, (_, i) => {
      const [handle, email] = [`other_${i}`, `other.${i}.${first.person.email}`]
      return { ...account!, _id: crypto.randomUUID(), handle, handleKey: handle, email, emailKey: email, _outbox: [] }
    })
    await accounts().insertMany(others)
  }

  /** Again and again, as whoever got no answer does. */
  async function publishes(publisher: Member): Promise<void> {
    const policy = nextPolicy()
    const first = publish(publisher, policy).catch(() => undefined)
    kill('gateway')
    await first
    await eventually('the policy to be published', () => publish(publisher, policy).catch(() => undefined))
  }

  const isOver = async () => {
    const campaign = await notificationsData.collection('campaigns').findOne()
    return campaign?.['status'] === 'finished' && (await records().toArray()).every(({ status }) => status === 'sent')
  }

  async function mailsTo(addresses: readonly string[]): Promise<Mail[][]> {
    const found: Mail[][] = []
    for (let i = 0; i < addresses.length; i += AT_ONCE)
      found.push(...(await Promise.all(addresses.slice(i, i + AT_ONCE).map((to) => parts(running).mailbox.all(to)))))
    return found.map((mails) => mails.filter(({ subject }) => /A new version of our/.test(subject)))
  }

  it('B26.1 each verified account gets one mail, and the same one again at most once for each death', async () => {
    await isJoinedByMany()
    const publisher = await newStaff(running, 'publisher', 'policy')
    const queued = dies('notifications', 'campaign.afterQueue')
    await publishes(publisher)
    await queued
    const sending = dies('notifications', 'mail.afterSend', 40)
    await eventually('some mails', async () => (await records().toArray()).some(({ status }) => status === 'sent'))
    kill('identity', 'gateway')
    await sending
    kill('identity')
    await eventually('everybody to be told', isOver, ALL_MS)

    const everybody = await accounts()
      .find({ emailVerifiedAt: { $ne: null } })
      .toArray()
    expect(everybody.length).toBeGreaterThan(PEOPLE)
    const told = (await records().toArray()).map(({ accountId }) => accountId as string)
    expect(told.sort()).toEqual(everybody.map(({ _id }) => _id).sort())
    const mails = await mailsTo(everybody.map(({ email }) => email))
    expect(mails.filter((one) => new Set(one.map(({ headers }) => headers['message-id'])).size !== 1)).toEqual([])
    expect(Math.max(...mails.map((one) => one.length))).toBeLessThanOrEqual(1 + DEATHS)
  })
})
