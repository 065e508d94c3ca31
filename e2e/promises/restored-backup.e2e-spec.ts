import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity, media, profiles } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { type Connection, connectMongo, NEW_EPOCH } from '@mpics/mongo'
import { documentsWith, eventually, runNode } from '@mpics/testing'
import { root } from '@mpics/tools/environment/root'
import { type Service, serviceNames } from '@mpics/tools/environment/system/services'
import { Browser } from '@mpics/tools/people/browser'
import { Member, newPerson } from '@mpics/tools/people/member'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { busyLife, TOLD } from '../driver/busy-life.js'
import { Operator } from '../driver/operator.js'
import { metricsOf, parts, stack, system } from '../driver/system.js'

const KEEPERS = serviceNames.filter((name) => name !== 'gateway')
const NOT_RESTORED = [
  ...['_leases', '_rebuilds', '_restores', 'exports', '_export_parts'],
  ...['sessions', 'pending_log_ins', 'program_tokens'],
]

describe('a system that was restored from a backup', () => {
  const running = system()
  let place: string
  let databases: Map<Service, Connection>
  let person: Member
  let friend: Member
  let leaver: Member
  let [closer, returner, suspect, clerk]: Member[] = []
  let erasesAt: Date
  let photoId: string
  let photoOfLeaver: string

  const envOf = (name: Service) => running.system.services[name].env as Record<string, string>
  const environment = () => ({
    ...Object.fromEntries(KEEPERS.map((name) => [`${name.toUpperCase()}_MONGODB_URI`, envOf(name)['MONGODB_URI']!])),
    ...Object.fromEntries(Object.entries(envOf('media')).filter(([name]) => /^(MEDIA|EXPORTS)_S3_/.test(name))),
    KAFKA_BROKERS: stack().kafkaBrokers,
    KAFKA_PREFIX: running.system.prefix,
  })
  const mpics = (args: string[], more: Record<string, string> = {}) =>
    runNode(join(root, 'apps/mpics/dist/main.js'), args, { ...environment(), ...more })
  const stop = () => Promise.all(Object.values(running.system.services).map((service) => service.stop()))
  const start = () => Promise.all(Object.values(running.system.services).map((service) => service.start()))
  const newMember = (name: string) =>
    new Member(newPerson(name, `${name} Later`), parts(running).api, parts(running).mailbox)
  const mailsTo = async (member: Member) => (await parts(running).mailbox.all(member.person.email)).length
  const consentOf = async ({ api }: Member) =>
    (await api.call(identity.getConsents, {})).items.find(({ purpose }) => purpose === 'email-news')!.granted
  const collection = (service: Service, name: string) =>
    databases.get(service)!.db!.collection<{ _id: string } & Record<string, unknown>>(name)

  /** Nothing waits to be published, or to be heard. */
  const untilSettled = () =>
    eventually('all that was said to be heard, and counted', async () => {
      for (const name of KEEPERS) {
        const { db } = databases.get(name)!
        for (const { name: each } of await db!.listCollections({}, { nameOnly: true }).toArray())
          if (await db!.collection(each).findOne({ '_outbox.0': { $exists: true } })) return false
        const lags = (await metricsOf(running, name)).match(/^events_consumer_lag\{.*$/gm) ?? []
        if (lags.length === 0 || lags.some((line) => !line.endsWith(' 0'))) return false
      }
      return !(await collection('analytics', 'community_days').findOne({ isOpen: true }))
    })

  async function documents(epoch = 0): Promise<Record<string, object[]>> {
    const found: Record<string, object[]> = {}
    for (const [service, { db }] of databases)
      for (const { name } of await db!.listCollections({}, { nameOnly: true }).toArray()) {
        if (NOT_RESTORED.includes(name)) continue
        const all = await db!.collection(name).find().sort({ _id: 1 }).toArray()
        if (all.length > 0) found[`${service}.${name}`] = all.map((document) => ofEpoch(document, epoch))
      }
    return found
  }
  const ofEpoch = (document: Record<string, unknown>, epoch: number) =>
    typeof document['version'] === 'number' ? { ...document, version: document['version'] - epoch } : document

  /** As if the seven days had passed in which a closing can be taken back. */
  async function erased(member: Member): Promise<void> {
    const closure = { requestedAt: new Date(Date.now() - 8 * DAY_MS), erasesAt: new Date(Date.now() - DAY_MS) }
    await collection('identity', 'accounts').updateOne({ _id: member.accountId }, { $set: { closure } })
    await eventually(async () => (await tracesOf(member)).length === 0)
  }

  async function tracesOf({ accountId, person: { handle, email } }: Member): Promise<string[]> {
    const words = [accountId, handle, email, photoOfLeaver]
    return (await Promise.all([...databases.values()].map((each) => documentsWith(each, words)))).flat()
  }

  const operator = () => new Operator(running)

  async function decideOtherwise(): Promise<void> {
    erasesAt = new Date((await closer!.api.call(identity.closeMyAccount, {})).erasesAt)
    await returner!.logIn()
    await returner!.api.call(identity.restoreMyAccount, {})
    await returner!.logIn()
    await operator().order('lock-account', { account: suspect!.accountId, reason: 'abuse' })
    const { password } = returner!.person
    returner!.person.password = newPerson('another', 'Password').password
    const change = { currentPassword: password, newPassword: returner!.person.password }
    await returner!.api.call(identity.changePassword, { body: change })
    returner!.person.password = password
    await operator().order('revoke-role', { account: clerk!.accountId, role: 'support' })
    for (const [member, subject] of [
      [closer, /is being closed/],
      [returner, /is restored/],
      [returner, /password/i],
      [suspect, /is locked/],
    ] as const)
      await parts(running).mailbox.find(member!.person.email, subject)
  }

  const statusOf = async (path: string) => (await fetch(parts(running).api.url + path)).status

  async function picture(): Promise<string> {
    const { api } = parts(running)
    const { renditions } = await api.call(media.getPhoto, { params: { id: photoId } })
    const bytes = await (await fetch(new URL(renditions!.large.url, api.url))).arrayBuffer()
    return createHash('sha256').update(new Uint8Array(bytes)).digest('hex')
  }

  const views = async () => (await collection('analytics', 'pages').findOne({ _id: `/photos/${photoId}` }))?.['total']
  const look = async () => void (await new Browser(parts(running).api).view(`/photos/${photoId}`))

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'mpics-place-'))
    databases = new Map()
    for (const name of KEEPERS) databases.set(name, await connectMongo(envOf(name)['MONGODB_URI']!))
    ;({ person, photoId } = await busyLife(running))
    friend = newMember('friend')
    await friend.join()
    await friend.follow(person.person.handle)
    leaver = newMember('leaver')
    await leaver.join()
    await leaver.follow(person.person.handle)
    photoOfLeaver = await leaver.upload(join(root, 'tools/photographs/rocket.jpg'), {
      title: 'a canary',
      visibility: 'public',
    })
    await leaver.published(photoOfLeaver)
    ;[closer, returner, suspect, clerk] = ['closer', 'returner', 'suspect', 'clerk'].map(newMember)
    for (const member of [closer, returner, suspect, clerk]) await member!.join()
    await closer!.follow(person.person.handle)
    await returner!.api.call(identity.closeMyAccount, {})
    await operator().giveFactor(clerk!.accountId)
    await operator().order('grant-role', { account: clerk!.accountId, role: 'support' })
    await parts(running).mailbox.find(friend.person.email, /./)
    await untilSettled()
  })
  afterAll(async () => {
    for (const connection of databases?.values() ?? []) await connection.close()
    await rm(place, { recursive: true, force: true })
  })

  it('B52.4 has everything of before, erases again who was erased since, keeps withdrawn what was withdrawn, and mails nothing again', async () => {
    const key = await generateIdentity()
    const backup = await mpics(['backup', place, '--recipient', await identityToRecipient(key), '--json'])
    expect(backup).toMatchObject({ code: 0, err: '' })
    const { id } = JSON.parse(backup.out) as { id: string }
    const [kept, seen] = [await documents(), await picture()]

    // since the backup: a withdrawal stands, all other writes are lost
    const withdrawal = { granted: false, noticeVersion: '2015-03-14' }
    await person.api.call(identity.changeConsent, { params: { purpose: 'email-news' }, body: withdrawal })
    await erased(leaver)
    await parts(running).mailbox.find(leaver.person.email, /erased/)
    await decideOtherwise()
    await friend.unfollow(person.person.handle)
    const stranger = newMember('stranger')
    await stranger.join()
    await stranger.follow(person.person.handle)
    await parts(running).mailbox.find(person.person.email, new RegExp(stranger.person.handle))
    await person.api.call(profiles.changeMyProfile, { body: { bio: 'a bio that will be lost' } })
    await look()
    await eventually(async () => (await views()) === 2)
    await untilSettled()
    const people = [person, friend, stranger, leaver, closer!, returner!]
    const mails = await Promise.all(people.map(mailsTo))

    const restore = ['restore', `${place}/${id}`]
    const secret = { MPICS_BACKUP_IDENTITY: key }
    expect(await mpics(restore, secret)).toMatchObject({ code: 1, err: expect.stringContaining('still run') })
    await stop()
    for (const connection of databases.values()) await connection.dropDatabase()
    expect(await mpics([...restore, '--replace'], secret)).toMatchObject({ code: 0, err: '' })
    expect(await documents(NEW_EPOCH)).toEqual(kept)

    await start()
    await untilSettled()
    await person.logIn()
    await eventually(async () => !(await consentOf(person)))
    await untilSettled()
    expect(
      await collection('notifications', 'consents').findOne({ _id: `${person.accountId}:email-news` }),
    ).toMatchObject({ granted: false })
    expect(await picture()).toBe(seen)
    const { api } = parts(running)
    const { bio } = await api.call(profiles.getProfile, { params: { handle: person.person.handle } })
    expect(bio).toBe(TOLD.bio)
    await eventually(async () => (await tracesOf(leaver)).length === 0)
    expect(await statusOf(`/v1/photos/${photoOfLeaver}`)).toBe(404)
    expect(await Promise.all(people.map(mailsTo))).toEqual(mails)
  })

  it('keeps closed whoever was closed since, and locked; whoever came back is open; roles and passwords that changed end', async () => {
    const accountOf = ({ accountId }: Member) => collection('identity', 'accounts').findOne({ _id: accountId })
    expect(await accountOf(closer!)).toMatchObject({ closure: { erasesAt } })
    expect(await accountOf(suspect!)).toMatchObject({ lock: { reason: 'abuse', by: null } })
    expect(await accountOf(returner!)).toMatchObject({ closure: null })
    expect((await accountOf(clerk!))!['grants']).toContainEqual(
      expect.objectContaining({ role: 'support', until: expect.any(Date), ended: expect.anything() }),
    )
    const shown = [closer, suspect, returner].map((member) => statusOf(`/v1/profiles/${member!.person.handle}`))
    expect(await Promise.all(shown)).toEqual([404, 404, 200])
    for (const member of [suspect, returner]) await expect(member!.logIn()).rejects.toThrow()
    const links = () => parts(running).mailbox.tokens(suspect!.person.email, '/lock-objection')
    await eventually('another mail about the lock', async () => (await links()).length === 2)
    expect(new Set(await links()).size).toBe(1)
  })

  it('goes on: what is said now is newer than what was lost, and views since the backup are counted once', async () => {
    const follow = () => collection('media', 'follows').findOne({ _id: `${friend.accountId}:${person.accountId}` })
    await friend.logIn()
    expect(await follow()).toMatchObject({ following: true })
    await friend.unfollow(person.person.handle)
    await eventually(async () => (await follow())?.['following'] === false)
    const before = await mailsTo(person)
    const later = newMember('later')
    await later.join()
    await later.follow(person.person.handle)
    await parts(running).mailbox.find(person.person.email, new RegExp(later.person.handle))
    expect(await mailsTo(person)).toBe(before + 1)
    await untilSettled()
    expect(await views()).toBe(2)
  })
})
