import { identity, media, type NewEvent, profiles } from '@mpics/contracts'
import { topics } from '@mpics/contracts/catalogue'
import { EventWriter, readTopic } from '@mpics/eventing'
import { eventually } from '@mpics/testing/eventually'
import { Member, newPerson } from '@mpics/tools/people/member'
import { CanaryMember } from '../driver/canary-member.js'
import { dyingSystem } from '../driver/dying-system.js'
import { HeldTraces } from '../driver/held-traces.js'
import { Operator } from '../driver/operator.js'
import { parts } from '../driver/system.js'

/** After the lease of a mail whose sender died. */
const MAIL_MS = 240_000
const ANSWERS = ['identity', 'profiles', 'media', 'notifications', 'analytics']

describe('an account that is erased', () => {
  const { running, dies } = dyingSystem()
  let traces: HeldTraces
  let canary: CanaryMember
  let friend: Member
  let before: Record<string, number>

  const member = (name: string) =>
    new Member(newPerson(name, `The ${name}`), parts(running).api, parts(running).mailbox)
  const records = (topic: string) => {
    const { kafkaBrokers, kafkaPrefix: prefix } = parts(running)
    return readTopic({ brokers: kafkaBrokers.split(','), prefix }, topic)
  }
  const valuesIn = async (topic: string) =>
    (await records(topic)).map(({ value }) => JSON.parse(value ?? 'null') as Record<string, string> | null)
  /** Its id, and whatever it entered: each value has the mark in it. */
  const everything = () => [canary.mark, canary.member.accountId, ...canary.photoIds]
  const isGone = () =>
    eventually('nothing to be left', async () => (await traces.inDatabases(everything())).length === 0)
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

  const hearLate = async (event: NewEvent) => {
    const { kafkaBrokers, kafkaPrefix: prefix } = parts(running)
    const writer = await EventWriter.connect({ brokers: kafkaBrokers.split(','), prefix })
    await writer.event(event, { sequence: 99 })
    await writer.close()
  }
  const staff = async (name: string, role: string) => {
    const [person, operator] = [member(name), new Operator(running)]
    await person.join()
    await operator.giveFactor(person.accountId)
    await operator.order('grant-role', { account: person.accountId, role })
    await person.renew()
    return person
  }
  const publishPolicy = async () => {
    const publisher = await staff('publisher', 'policy')
    const effectiveAt = new Date(Date.now() + 60 * 86_400_000).toISOString()
    const texts = { en: { text: 'We keep it.', summary: 'More.' }, de: { text: 'Wir behalten es.', summary: 'Mehr.' } }
    const body = { document: 'privacy', version: '2099-01-01', effectiveAt, texts } as const
    await publisher.api.call(identity.publishPolicy, { body })
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
  })

  it('B52.1 while every service dies in the middle, is gone from every database, and nobody else is touched', async () => {
    expect((await traces.inDatabases([canary.member.accountId])).length).toBeGreaterThan(5)
    expect((await traces.objects()).length).toBeGreaterThan(30)
    await canary.member.api.call(identity.closeMyAccount, {})
    const dying = [
      dies('identity', 'erasure.afterOpen').then(() => dies('identity', 'erasure.beforeNote')),
      dies('notifications', 'erasure.afterEntry').then(() => dies('notifications', 'erasure.afterMail')),
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
    expect(await traces.inTopics([canary.mark])).toEqual([])
    const named = [canary.member.accountId, ...canary.photoIds]
    for (const { name } of topics.filter(({ retention }) => retention.kind !== 'days')) {
      const last = new Map((await records(name)).map(({ key, value }) => [key ?? '', value]))
      const left = [...last].filter(([key, value]) => value !== null && named.some((id) => key.includes(id)))
      expect({ name, left }).toEqual({ name, left: [] })
    }
  })

  it('B52.3 no stored file of it is left, and no log names it', async () => {
    const objects = await traces.objects()
    expect(objects.filter((name) => canary.photoIds.some((id) => name.includes(id)))).toEqual([])
    expect(await traces.inLogs([canary.mark, canary.member.accountId])).toEqual([])
    const photo = await parts(running).api.send({
      method: 'GET',
      path: media.getPhoto.path.replace('{id}', canary.photoIds[0]!),
    })
    expect(photo.status).toBe(404)
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
    expect(await traces.inDatabases(everything())).toEqual([])
  })

  it('B53.1 gets no mail any more, not even a legal notice, and nothing late brings it back', async () => {
    const count = (await parts(running).mailbox.all(canary.member.person.email)).length
    await hearLate(profiles.followStarted.of({ followerId: friend.accountId, followedId: canary.member.accountId }))
    await hearLate(media.photoUploaded.of(uploadOf(canary)))
    const body = { email: canary.member.person.email }
    await parts(running).api.call(identity.requestPasswordReset, { body })
    await publishPolicy()
    await parts(running).mailbox.find(friend.person.email, /A new version of our/)
    await isGone()
    expect(await parts(running).mailbox.all(canary.member.person.email)).toHaveLength(count)
  })

  it('B61.1 of somebody under age, is locked at once, erased when a second person agrees, and what was done is kept', async () => {
    const child = member('child')
    await child.join()
    const [one, other, operator] = [
      await staff('one', 'operator'),
      await staff('other', 'operator'),
      new Operator(running),
    ]
    const params = { id: child.accountId }
    await one.api.call(identity.lockAccount, { params, body: { reason: 'under-age' } })
    const seen = await parts(running).api.send({ method: 'GET', path: `/v1/profiles/${child.person.handle}` })
    expect(seen.status).toBe(404)
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
