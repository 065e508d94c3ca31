import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CookieJar, type Reply } from '@mpics/api-client'
import { gateway, identity, profiles } from '@mpics/contracts'
import { type Asked, RoundTrips } from '@mpics/tools/bench/round-trips/round-trips'
import type { Service } from '@mpics/tools/environment/system/services'
import { Member, newPerson } from '@mpics/tools/people/member'
import { askedBy, behindAnswers } from '../driver/behind-an-answer.js'
import { behind } from '../driver/done-behind-answers.js'
import {
  followed,
  get,
  logIn,
  page,
  PICTURE,
  post,
  type Scene,
  type Session,
  uploaded,
  viewed,
} from '../driver/operations.js'
import { parts, stack, system } from '../driver/system.js'

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

const VIEW = gateway.pageViewRecorded.type

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
    operation: 'a visitor reads a photo',
    call: ({ visitor, photos }, n) => get(visitor, `/v1/photos/${photos[n]!}`),
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
      gateway: ['GET analytics', 'POST media', 'POST profiles', 'produce', VIEW],
      profiles: ['find profiles'],
      media: ['find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a visitor sees the page of a profile',
    call: ({ visitor, stars }, n) => page(visitor, `/@${stars[n]!.person.handle}`),
    asked: {
      gateway: ['GET analytics', 'GET media', 'GET profiles', 'produce', VIEW],
      profiles: ['find profiles', 'find profiles'],
      media: ['GET profiles', 'find photos'],
      analytics: ['find pages'],
    },
  },
  {
    operation: 'a visitor sees /explore',
    call: ({ visitor }) => page(visitor, '/explore'),
    asked: {
      gateway: ['GET analytics', 'GET media', 'POST profiles', 'produce', VIEW],
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
    call: ({ visitor, photos }, n) => viewed(visitor, { page: `/photos/${photos[n + 2]!}` }),
    asked: {
      gateway: ['POST media', 'produce', VIEW],
      media: ['find photos'],
    },
  },
  {
    operation: 'a page view of /explore',
    call: ({ visitor }) => viewed(visitor, { page: '/explore' }),
    asked: {
      gateway: ['produce', VIEW],
    },
  },
  {
    operation: 'a page view of a profile',
    call: ({ visitor, stars }, n) => viewed(visitor, { page: `/@${stars[n]!.person.handle}` }),
    asked: {
      gateway: ['POST profiles', 'produce', VIEW],
      profiles: ['find profiles'],
    },
  },
  {
    operation: 'a call of twenty views of known pages',
    call: ({ visitor }) => viewed(visitor, { views: Array.from({ length: 20 }, () => ({ page: '/explore' })) }),
    asked: {
      gateway: ['produce', ...Array<string>(20).fill(VIEW)],
    },
  },
  {
    operation: 'an upload',
    call: ({ stars }) => uploaded(stars[0]!),
    asked: {
      gateway: ['POST media'],
      media: [
        'PUT objects',
        'aggregate photos',
        'find photos',
        'insert _idempotency',
        'insert photos',
        'update _idempotency',
        'update _idempotency',
        'update _idempotency',
      ],
    },
  },
  {
    operation: 'a follow',
    call: ({ reader, stars }, n) => followed(reader, stars[n]!),
    asked: {
      gateway: ['PUT profiles'],
      profiles: ['find profiles', 'find profiles', 'insert follows', 'update profiles'],
    },
  },
  {
    operation: 'a visitor reads who follows somebody',
    call: ({ visitor, stars }, n) => get(visitor, `/v1/profiles/${stars[n]!.person.handle}/followers`),
    asked: { gateway: ['GET profiles'], profiles: ['find follows', 'find profiles', 'find profiles'] },
  },
  {
    operation: 'the end of a follow',
    call: ({ reader, stars }, n) =>
      reader.api.answer(profiles.unfollowProfile, { params: { handle: stars[n]!.person.handle } }),
    asked: {
      gateway: ['DELETE profiles'],
      profiles: ['find follows', 'find follows', 'find profiles', 'update follows', 'update profiles'],
    },
  },
  {
    operation: 'a session gets its next tokens',
    call: async (scene) => {
      const reply = await post(scene.visitor, identity.refreshSession.path, { refreshToken: scene.refreshToken })
      scene.refreshToken = (reply.body as Session).refreshToken
      return reply
    },
    asked: { gateway: ['POST identity'], identity: ['find accounts', 'find sessions', 'update sessions'] },
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

describe('the round trips of an operation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-trips-'))
  const roundTrips = new RoundTrips(folder)
  const { gateway: ofGateway, ...others } = roundTrips.environment
  const running = system({ extra: { ...others, gateway: { ...ofGateway, GATEWAY_PUBLIC_ANSWER_MS: '0' } } })
  let scene: Scene
  /** Of each operation, by the id of its request. */
  const told = new Map<string | null, string>()
  const late: string[] = []

  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    const people = ['reader', ...Array<string>(5).fill('star')]
    const [reader, ...stars] = people.map((name) => new Member(newPerson(name, name), api, mailbox))
    await Promise.all([reader!, ...stars].map((member) => member.join()))
    const photos = await Promise.all([0, 1, 0, 1].map((n) => stars[n]!.upload(PICTURE, { visibility: 'public' })))
    await Promise.all(photos.map((photo, n) => stars[n % 2]!.published(photo)))
    // a profile keeps its counts once somebody has looked
    for (const { person } of stars) await get(api, `/v1/profiles/${person.handle}`)
    const visitor = api.with({ cookies: new CookieJar() })
    scene = { visitor, reader: reader!, stars, photos, refreshToken: '' }
    scene.refreshToken = ((await logIn(scene)).body as Session).refreshToken
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function take() {
    const taken = named(await roundTrips.take(running.system))
    for (const { text, requestId } of askedBy(taken)) {
      const operation = requestId && told.get(requestId)
      if (operation) late.push(`${operation}: ${text}`)
    }
    return taken
  }

  it.each(rows)('of $operation', async ({ operation, call, asked }) => {
    await call(scene, 0)
    await take()
    const id = idOf(await call(scene, 1))
    const taken = await take()
    expect(toldOf(taken, isOf(id, taken))).toEqual(asked)
    told.set(id, operation)
  })

  it.each(behind)('of $operation, behind its answer', async ({ of }) => {
    const compared = await behindAnswers(async () => askedBy(await take()), of(scene))
    expect(compared).toEqual({ missing: [], surplus: [] })
  })

  it('are all of its request, of which nothing is left behind its answer', () => {
    expect(late).toEqual([])
  })
})

const idOf = ({ headers }: Reply) => headers.get('x-request-id')

/**
 * A view goes to Kafka together with what the gateway tells of served requests at that moment, in the name of whoever came first; or the
 * latter goes apart from it, in the same name.
 */
function isOf(id: string | null, taken: Map<Service, Asked[]>): (asked: Asked) => boolean {
  const own = taken.get('gateway')?.filter(({ requestId }) => requestId === id) ?? []
  const produced = own.filter(({ what }) => what === 'produce')
  const apart = produced.length > 1 && own.some(({ what }) => what === gateway.requestServed.type) && produced[0]
  const shared = taken.get('gateway')?.find(({ what, requestId }) => what === VIEW && requestId !== id)
  const isMine = ({ what, requestId }: Asked) =>
    requestId === id || (shared?.requestId === requestId && shared !== undefined && [VIEW, 'produce'].includes(what))
  return (asked) => asked !== apart && asked.what !== gateway.requestServed.type && isMine(asked)
}

/** The object store has a name instead of a port, as services have. */
function named(taken: ReadonlyMap<Service, Asked[]>): Map<Service, Asked[]> {
  const { host } = new URL(stack().s3Endpoint)
  const name = (asked: Asked) => ({ ...asked, what: asked.what.replace(host, 'objects') })
  return new Map([...taken].map(([service, all]) => [service, all.map(name)]))
}

function toldOf(taken: Map<Service, Asked[]>, counts: (asked: Asked) => boolean): Record<string, string[]> {
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
