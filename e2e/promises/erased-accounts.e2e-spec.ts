import { identity, media, type NewEvent, profiles } from '@mpics/contracts'
import { topics } from '@mpics/contracts/catalogue'
import { EventWriter, readTopic } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { Member, newPerson } from '@mpics/tools/people/member'
import { CanaryMember } from '../driver/canary-member.js'
import { dyingSystem } from '../driver/dying-system.js'
import { HeldTraces } from '../driver/held-traces.js'
import { Operator } from '../driver/operator.js'
import { PassingTime } from '../driver/passing-time.js'
import { newStaff, nextPolicy, publish } from '../driver/staff.js'
import { StoredObjects } from '../driver/stored-objects.js'
import { parts } from '../driver/system.js'
import { TraceReceiver } from '../driver/trace-receiver.js'
import { unfilledFields } from '../driver/unfilled-fields.js'

const MAIL_MS = 240_000
const ANSWERS = ['identity', 'profiles', 'media', 'notifications', 'analytics']

/** Personal fields that a member cannot fill, and why. */
const NOT_FILLED: Record<string, string> = {
  'identity: accounts fullName': 'only until profiles has fetched it',
  'identity: accounts lockEntries.note': 'the words of staff about a lock, which ends every session',
  'identity: consents entries.granted': 'of the first release, which had it there',
  'identity: consents entries.payload.reason': 'of a look of staff, which no call makes yet',
  'identity: objects parts/ content': 'only until the parts are joined',
  'identity: reset_requests email': 'only until the mail is asked for',
  'identity: reset_requests emailKey': 'only until the mail is asked for',
  'identity: sessions country': 'an address of this machine is in no country',
  'media: objects uploads/ content': 'only until the renditions are made',
  'notifications: settings refusals.*': 'answers to mails of news, products and offers, of which none is sent yet',
}

describe('an account that is erased', () => {
  let exporter: TraceReceiver
  const { running, dies } = dyingSystem(async () => {
    exporter = await TraceReceiver.listen()
    return { OTEL_EXPORTER_OTLP_ENDPOINT: exporter.url, OTEL_BSP_SCHEDULE_DELAY: '200' }
  })
  let traces: HeldTraces
  let canary: CanaryMember
  let friend: Member
  let before: Record<string, number>
  /** Hashes of all its files. */
  let pictures: string[]

  const member = (name: string) =>
    new Member(newPerson(name, `The ${name}`), parts(running).api, parts(running).mailbox)
  const records = (topic: string) => {
    const { kafkaBrokers, kafkaPrefix: prefix } = parts(running)
    return readTopic({ brokers: kafkaBrokers.split(','), prefix }, topic)
  }
  const valuesIn = async (topic: string) =>
    (await records(topic)).map(({ value }) => JSON.parse(value ?? 'null') as Record<string, string> | null)
  const isGone = () =>
    eventually('nothing to be left', async () => (await traces.inDatabases(canary.everything())).length === 0)
  const idsIn = async (topic: string) => [...new Set((await records(topic)).map(({ headers }) => headers['ce_id']))]
  const erasedFacts = async () => {
    const found = (await valuesIn('identity.account')).filter((value) => value?.['erasureId'])
    const facts = found.map((value) =>
      JSON.stringify({ accountId: value!['accountId'], erasureId: value!['erasureId'] }),
    )
    return [...new Set(facts)].map((fact) => JSON.parse(fact) as object)
  }
  const lastMails = async () =>
    (await parts(running).mailbox.all(canary.member.person.email)).filter(({ subject }) => /is erased/.test(subject))

  /** Its photos and its export. */
  const objectsOfCanary = async () => {
    const exports = (await traces.objects()).filter((name) => name.includes('/files/'))
    const ofPhotos = (await traces.objects()).filter((name) => canary.photoIds.some((id) => name.includes(id)))
    return [...exports, ...ofPhotos]
  }
  const hashesOf = (names: string[]) => Promise.all(names.map((name) => new StoredObjects(running.system).hashOf(name)))

  const hearLate = async (event: NewEvent) => {
    const { kafkaBrokers, kafkaPrefix: prefix } = parts(running)
    const writer = await EventWriter.connect({ brokers: kafkaBrokers.split(','), prefix })
    await writer.event(event, { sequence: 99 })
    await writer.close()
  }
  const uploadOf = ({ member: { accountId: ownerId }, photoIds }: CanaryMember) => ({
    photoId: photoIds[0]!,
    ownerId,
    bytes: 1,
    contentType: 'image/jpeg',
  })

  beforeAll(async () => {
    traces = new HeldTraces(running)
    friend = member('friend')
    await friend.join()
    canary = new CanaryMember(running)
    before = await traces.counts()
    await canary.live(friend)
    pictures = await hashesOf(await objectsOfCanary())
  })
  afterAll(() => exporter.stop())

  it('has filled every field that the registers call personal, but those that no member can fill', async () => {
    expect((await unfilledFields(running, canary.everything())).sort()).toEqual(Object.keys(NOT_FILLED).sort())
  })

  it('B52.1 while every service dies in the middle, is gone from every database, and nobody else is touched', async () => {
    expect((await traces.inDatabases([canary.member.accountId])).length).toBeGreaterThan(5)
    expect((await traces.objects()).length).toBeGreaterThan(30)
    await canary.account.prove()
    await canary.member.api.call(identity.closeMyAccount, {})
    const dying = [
      dies('identity', 'erasure.afterOpen').then(() => dies('identity', 'erasure.beforeNote')),
      dies('notifications', 'erasure.afterEntry')
        .then(() => dies('notifications', 'erasure.afterMail'))
        .then(() => new PassingTime(running.system).endLastMailLeases()),
      ...(['profiles', 'media', 'analytics'] as const).map((service) => dies(service, 'erasure.afterEntry')),
    ]
    await canary.becomeDue()
    await Promise.all(dying)
    await isGone()
    expect(await erasedFacts()).toEqual([{ accountId: canary.member.accountId, erasureId: expect.any(String) }])
    // a relay that dies between Kafka's word and its note publishes the same event once more
    for (const service of ANSWERS)
      expect({ service, facts: await idsIn(`${service}.erasure`) }).toEqual({ service, facts: [expect.any(String)] })
    const after = await traces.counts()
    for (const place of ['identity.accounts', 'profiles.profiles', 'notifications.settings', 'media.photos'])
      expect({ place, count: after[place] ?? 0 }).toEqual({ place, count: before[place] ?? 0 })
    expect((await friend.api.call(identity.getMe, {})).handle).toBe(friend.person.handle)
  })

  it('B52.2 no topic holds what was entered, and no compacted topic a word of it', async () => {
    expect(await traces.inTopics(canary.entered())).toEqual([])
    const named = [canary.member.accountId, ...canary.photoIds]
    for (const { name } of topics.filter(({ retention }) => retention.kind !== 'days')) {
      const last = new Map((await records(name)).map(({ key, value }) => [key ?? '', value]))
      const left = [...last].filter(([key, value]) => value !== null && named.some((id) => key.includes(id)))
      expect({ name, left }).toEqual({ name, left: [] })
    }
  })

  it('B52.3 no stored file of it is left, and no log names it', async () => {
    expect(await objectsOfCanary()).toEqual([])
    const stored = new StoredObjects(running.system)
    for (const name of await stored.names()) {
      const bytes = (await stored.bytesOf(name)).toString('latin1')
      expect({ name, found: canary.everything().filter((value) => bytes.includes(value)) }).toEqual({ name, found: [] })
      expect(pictures).not.toContain(await stored.hashOf(name))
    }
    expect(await traces.inLogs([...canary.entered(), canary.member.accountId])).toEqual([])
    const photo = await parts(running).api.send({
      method: 'GET',
      path: media.getPhoto.path.replace('{id}', canary.photoIds[0]!),
    })
    expect(photo.status).toBe(404)
  })

  it('no trace that was exported names it, or tells what was entered', () => {
    expect(exporter.texts.length).toBeGreaterThan(50)
    const named = canary.everything().filter((value) => exporter.texts.some((text) => text.includes(value)))
    expect(named).toEqual([])
  })

  it('B52 gets one receipt in the last mail, of which nothing is kept', async () => {
    const mailed = async () => {
      const { items } = (await new Operator(running).ask('list-erasures', {})) as { items: { lastMail: string }[] }
      return items.length === 1 && items[0]!.lastMail === 'none waits'
    }
    await new Operator(running).passLastMails()
    await eventually('the last mail to be noted', mailed, MAIL_MS)
    const mails = await lastMails()
    // the sender died between the mail server's word and its note
    expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(1)
    expect(mails[0]!.text).toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)
    expect(await traces.inDatabases(canary.everything())).toEqual([])
  })

  it('B53.1 gets no mail any more, not even a legal notice, and nothing late brings it back', async () => {
    const count = (await parts(running).mailbox.all(canary.member.person.email)).length
    await hearLate(profiles.followStarted.of({ followerId: friend.accountId, followedId: canary.member.accountId }))
    await hearLate(media.photoUploaded.of(uploadOf(canary)))
    const body = { email: canary.member.person.email }
    await parts(running).api.call(identity.requestPasswordReset, { body })
    await publish(await newStaff(running, 'publisher', 'policy'), nextPolicy())
    await parts(running).mailbox.find(friend.person.email, /A new version of our/)
    await isGone()
    expect(await parts(running).mailbox.all(canary.member.person.email)).toHaveLength(count)
  })

  it('B61.1 of somebody under age, is locked at once, erased when a second person agrees, and what was done is kept', async () => {
    const child = member('child')
    await child.join()
    const [one, other, operator] = [
      await newStaff(running, 'one', 'operator'),
      await newStaff(running, 'other', 'operator'),
      new Operator(running),
    ]
    const params = { id: child.accountId }
    await one.api.call(identity.lockAccount, { params, body: { reason: 'under-age' } })
    const profile = { method: 'GET', path: `/v1/profiles/${child.person.handle}` } as const
    await eventually('the profile to be hidden', async () => (await parts(running).api.send(profile)).status === 404)
    await other.api.call(identity.approveLock, { params, body: {} })
    await operator.passLock(child.accountId)
    const gone = async () => (await traces.inDatabases([child.accountId, child.person.email])).length === 0
    await eventually('the child to be forgotten', gone, MAIL_MS)
    const { items } = (await operator.ask('list-erasures', {})) as {
      items: { cause: string; acts: { act: string }[] }[]
    }
    expect(items.find(({ cause }) => cause === 'locked')?.acts.map(({ act }) => act)).toEqual(['locked', 'approved'])
  })
})
