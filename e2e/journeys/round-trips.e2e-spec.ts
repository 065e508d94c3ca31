import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ApiClient, CookieJar, type Reply } from '@mpics/api-client'
import { analytics, gateway, identity } from '@mpics/contracts'
import { type Asked, RoundTrips } from '@mpics/tools/bench/round-trips/round-trips'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import type { Service } from '@mpics/tools/environment/system/services'
import { Member, newPerson } from '@mpics/tools/people/member'
import { parts, system } from '../driver/system.js'

const PICTURE = join(root, 'tools/photographs/rocket.jpg')
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Whether any browser is known is the one look for sessions; the account comes with those beyond the limit. */
const LOGGED_IN = [
  'aggregate accounts',
  'delete attempts',
  'find accounts',
  'find sessions',
  'insert sessions',
  'update attempts',
]

/** The write that counts the attempt finds the browser, and the next session ends the count. */
const LOGGED_IN_AGAIN = ['aggregate accounts', 'find accounts', 'findAndModify sessions', 'insert sessions']

/** What each service asks of others while it serves one request: a change of a path changes its row. */
const rows: {
  operation: string
  call: (scene: Scene, n: number) => Promise<Reply>
  asked: Record<string, string[]>
}[] = [
  {
    operation: 'a member reads the profile of another',
    call: ({ reader, stars }, n) => get(reader.api, `/v1/profiles/${stars[n]!.person.handle}`),
    asked: {
      gateway: ['GET analytics', 'GET profiles'],
      profiles: ['aggregate profiles'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a visitor reads a profile',
    call: ({ visitor, stars }, n) => get(visitor, `/v1/profiles/${stars[n]!.person.handle}`),
    asked: {
      gateway: ['GET analytics', 'GET profiles'],
      profiles: ['find profiles'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a member reads the photo of another',
    call: ({ reader, photos }, n) => get(reader.api, `/v1/photos/${photos[n]!}`),
    asked: {
      gateway: ['GET analytics', 'GET media', 'POST profiles'],
      profiles: ['find profiles'],
      media: ['find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a visitor sees the page of a photo',
    call: ({ visitor, photos }, n) => page(visitor, `/photos/${photos[n]!}`),
    asked: {
      gateway: ['GET analytics', 'POST media', 'POST profiles', 'produce', 'traffic.page-view.recorded.v1'],
      profiles: ['find profiles'],
      media: ['find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a visitor sees the page of a profile',
    call: ({ visitor, stars }, n) => page(visitor, `/@${stars[n]!.person.handle}`),
    asked: {
      gateway: ['GET analytics', 'GET media', 'GET profiles', 'produce', 'traffic.page-view.recorded.v1'],
      profiles: ['find profiles', 'find profiles'],
      media: ['GET profiles', 'find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a visitor sees /explore',
    call: ({ visitor }) => page(visitor, '/explore'),
    asked: {
      gateway: ['GET analytics', 'GET media', 'POST profiles', 'produce', 'traffic.page-view.recorded.v1'],
      profiles: ['find profiles'],
      media: ['find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a member asks for the views of pages',
    call: ({ reader, photos }, n) => get(reader.api, `/v1/views?page=/photos/${photos[n]!}&page=/explore`),
    asked: {
      gateway: ['GET analytics', 'POST media'],
      media: ['find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a page view of a photo',
    call: ({ visitor, photos }, n) => post(visitor, gateway.recordPageView.path, { page: `/photos/${photos[n + 2]!}` }),
    asked: {
      gateway: ['POST media', 'produce', 'traffic.page-view.recorded.v1'],
      media: ['find photos'],
    },
  },
  {
    operation: 'a page view of /explore',
    call: ({ visitor }) => post(visitor, gateway.recordPageView.path, { page: '/explore' }),
    asked: {
      gateway: ['produce', 'traffic.page-view.recorded.v1'],
    },
  },
  {
    operation: 'a log-in from a new browser',
    call: (scene) => logIn(scene),
    asked: { gateway: ['POST identity'], identity: LOGGED_IN },
  },
  {
    operation: 'a log-in from a known browser',
    call: async (scene) => {
      const reply = await logIn(scene, scene.browser)
      scene.browser = { browserToken: (reply.body as { browserToken: string }).browserToken }
      return reply
    },
    asked: { gateway: ['POST identity'], identity: LOGGED_IN_AGAIN },
  },
]

/** With one view or a thousand; tallies that this replica has not saved in the last minute are found first. */
const COUNTED = ['update page_days', 'update pages', 'update site_traffic']

/** A mail is made with the right of this replica to send it; the recipient's choices and earlier mails of the same are asked for beside the address. */
const MAILED = [
  'POST identity',
  'POST profiles',
  'find emails',
  'find failing-mailboxes',
  'find settings',
  'findAndModify emails',
]
/** The outcome and the removal of its event, behind the mail. */
const OFTEN = ['update emails']

interface Scene {
  visitor: ApiClient
  reader: Member
  /** Two: the first is asked for to warm up, the second is new to every cache. */
  stars: Member[]
  /** Four: nobody has seen the pages of the last two. */
  photos: string[]
  browser?: { browserToken: string }
}

const VIEW = gateway.pageViewRecorded.type
const HTML = { accept: 'text/html', 'user-agent': FIREFOX }
const get = (api: ApiClient, path: string) => api.send({ method: 'GET', path })
const page = (api: ApiClient, path: string) => api.send({ method: 'GET', path, headers: HTML })
const post = (api: ApiClient, path: string, body: object) =>
  api.send({ method: 'POST', path, body: JSON.stringify(body), headers: { 'user-agent': FIREFOX } })

const logIn = ({ visitor, reader: { person } }: Scene, browser: object = {}) =>
  post(visitor, identity.logIn.path, { login: person.handle, password: person.password, ...browser })

describe('the round trips of an operation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-trips-'))
  const roundTrips = new RoundTrips(folder)
  const { gateway: ofGateway, ...others } = roundTrips.environment
  const running = system({ extra: { ...others, gateway: { ...ofGateway, GATEWAY_PUBLIC_ANSWER_MS: '0' } } })
  let scene: Scene

  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    const [reader, ...stars] = ['reader', 'star', 'star'].map((name) => new Member(newPerson(name, name), api, mailbox))
    await Promise.all([reader!, ...stars].map((member) => member.join()))
    const photos = await Promise.all([0, 1, 0, 1].map((n) => stars[n]!.upload(PICTURE, { visibility: 'public' })))
    await Promise.all(photos.map((photo, n) => stars[n % 2]!.published(photo)))
    // a profile keeps its counts once somebody has looked
    for (const { person } of stars) await get(api, `/v1/profiles/${person.handle}`)
    scene = { visitor: api.with({ cookies: new CookieJar() }), reader: reader!, stars, photos }
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(rows)('of $operation', async ({ call, asked }) => {
    await call(scene, 0)
    await roundTrips.take(running.system)
    const { headers } = await call(scene, 1)
    const taken = await roundTrips.take(running.system)
    const id = headers.get('x-request-id')
    expect(told(taken, isOf(id, taken))).toEqual(asked)
  })

  it('of counting a page view, behind its answer', async () => {
    const { visitor } = scene
    const totalOf = async (page: string) =>
      (await visitor.call(analytics.getViews, { query: { page: [page] } })).items[0]?.total
    const look = async (total: number) => {
      await post(visitor, gateway.recordPageView.path, { page: '/' })
      await eventually('the view to be counted', async () => (await totalOf('/')) === total)
    }
    await look(1)
    await roundTrips.take(running.system)
    await look(2)
    const ofTallies = (await roundTrips.take(running.system))
      .get('analytics')!
      .filter(({ requestId, what }) => !requestId && / (pages|page_days|site_traffic)$/.test(what))
      .map(({ what }) => what)
    // published events are removed from the outbox some time later, of this view or of the one before
    const savesOfPages = ofTallies.filter((what) => what === 'update pages').slice(1)
    for (const removal of savesOfPages) ofTallies.splice(ofTallies.indexOf(removal), 1)
    expect(ofTallies.sort()).toEqual(COUNTED)
  })

  it('of the mail about a follow, behind its answer', async () => {
    const { reader, stars } = scene
    const { mailbox } = parts(running)
    const mails = async () => (await mailbox.all(stars[1]!.person.email)).length
    const before = await mails()
    await roundTrips.take(running.system)
    await reader.follow(stars[1]!.person.handle)
    await eventually('the mail', async () => (await mails()) > before)
    const ofMails = (await roundTrips.take(running.system))
      .get('notifications')!
      .map(({ what }) => what)
      .filter((what) => !OFTEN.includes(what) && / (emails|settings|failing-mailboxes|identity|profiles)$/.test(what))
    expect(ofMails.sort()).toEqual(MAILED)
  })
})

/** A view goes to Kafka together with what the gateway tells of served requests at that moment, in the name of whoever came first. */
function isOf(id: string | null, taken: Map<Service, Asked[]>): (asked: Asked) => boolean {
  const shared = taken.get('gateway')?.find(({ what, requestId }) => what === VIEW && requestId !== id)
  const isMine = ({ what, requestId }: Asked) =>
    requestId === id || (shared?.requestId === requestId && shared !== undefined && [VIEW, 'produce'].includes(what))
  return (asked) => asked.what !== gateway.requestServed.type && isMine(asked)
}

function told(taken: Map<Service, Asked[]>, counts: (asked: Asked) => boolean): Record<string, string[]> {
  const texts = [...taken].map(
    ([service, all]) =>
      [
        service,
        all
          .filter(counts)
          .map(({ what }) => what)
          .sort(),
      ] as const,
  )
  return Object.fromEntries(texts.filter(([, all]) => all.length > 0))
}
