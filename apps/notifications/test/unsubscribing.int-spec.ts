import { mails, untilMails } from '@mpics/testing'
import { follows, type Person } from './setup/peers-harness.js'
import { headersOf } from './setup/headers.js'
import { NotificationsHarness } from './setup/notifications-harness.js'

let notifications: NotificationsHarness
let follower: Person
beforeAll(async () => {
  notifications = await NotificationsHarness.open()
  follower = notifications.peers.join({ fullName: 'Dorothea Lange' })
})
afterAll(() => notifications.close())

const join = (given?: Partial<Person>) => notifications.peers.join(given)
const publish: NotificationsHarness['service']['publish'] = (event, options) =>
  notifications.service.publish(event, options)
const onlyMailTo = async ({ email }: Person) => (await untilMails(email))[0]!
const settingsOf = (person: Person) => notifications.service.as(person.id)

describe('unsubscribing', () => {
  const tokenFor = async (person: Person) => {
    await publish(follows(follower, person))
    const mail = await onlyMailTo(person)
    return /unsubscribe\/([\w-]+)/.exec((await headersOf(mail))['list-unsubscribe']!)![1]!
  }

  it('B23.1 B23.2 B23.3 POST turns one category off without a log-in; GET changes nothing; others stay', async () => {
    const person = join()
    const path = `/v1/unsubscribe/${await tokenFor(person)}`
    const anybody = notifications.service.as()
    const before = (await settingsOf(person).get('/v1/me/email-settings').expect(200)).body
    await anybody.get(path).expect(200, { category: 'follows', choice: 'immediate' })
    expect((await settingsOf(person).get('/v1/me/email-settings')).body).toEqual(before)
    await anybody
      .post(path)
      .type('form')
      .send('List-Unsubscribe=One-Click')
      .expect(200, { category: 'follows', choice: 'off' })
    expect((await settingsOf(person).get('/v1/me/email-settings')).body).toEqual({ ...before, follows: 'off' })
    await publish(follows(join(), person))
    expect(await notifications.untilOutcome('suppressed', person)).toMatchObject([{ reason: 'setting-off' }])
    expect(await mails(person.email)).toHaveLength(1)
  })

  it('works however the body comes, and as often as it comes', async () => {
    const path = `/v1/unsubscribe/${await tokenFor(join())}`
    const post = () => notifications.service.as().post(path)
    await post().expect(200)
    await post().field('List-Unsubscribe', 'One-Click').expect(200)
    await post().type('json').send('{}').expect(200)
    await post().type('text/plain').send('anything').expect(200, { category: 'follows', choice: 'off' })
  })

  it('works at an address that somebody added something to', async () => {
    const path = `/v1/unsubscribe/${await tokenFor(join())}`
    const anybody = notifications.service.as()
    await anybody.get(`${path}?utm_source=mail&utm_source=x`).expect(200, { category: 'follows', choice: 'immediate' })
    await anybody.post(`${path}?utm_source=x&lang=de`).expect(200, { category: 'follows', choice: 'off' })
  })

  it('a link that is not ours is refused, and says nothing', async () => {
    const anybody = notifications.service.as()
    for (const token of ['x', 'A'.repeat(44), '%00', 'A'.repeat(44) + '%0D%0A'])
      for (const method of ['get', 'post'] as const)
        await anybody[method](`/v1/unsubscribe/${token}`).expect(404, /unsubscribe-link-invalid/)
  })
})
