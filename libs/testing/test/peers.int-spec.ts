import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type CommonConfig,
  Clock,
  InsideTls,
  InternalTokens,
  parsePrivateKey,
  PeerDistrustError,
  PeerError,
  Peers,
  PeerUnavailableError,
  UnavailableError,
} from '@mpics/service-kit'
import { keys, on, peer, type TestPeer } from '../src/index.js'
import { frameNote, NotesFullError, weighNote } from './tiny/api.js'

const id = randomUUID()
const weigh = { params: { id }, query: { unit: 'g' as const }, body: { text: 'a' } }

function peersOf(mediaUrl: string, service: 'gateway' | 'profiles' | 'analytics' = 'profiles', clock = new Clock()) {
  const INTERNAL_PRIVATE_KEY = parsePrivateKey(keys().privateKey(service))
  const config = { INTERNAL_PRIVATE_KEY, MEDIA_URL: mediaUrl } as unknown as CommonConfig
  return new Peers(config, new InternalTokens(config, clock), new InsideTls({}))
}

describe('calls to other services', () => {
  let media: TestPeer
  let peers: Peers
  beforeAll(async () => {
    media = await peer(
      on(weighNote, ({ body }) => ({ grams: body.text.length })),
      on(frameNote, () => undefined),
    )
    peers = peersOf(media.url)
  })
  afterEach(() => media.setDown(false))
  afterAll(async () => {
    await peers.onApplicationShutdown()
    await media.stop()
  })

  it('carry parameters, query and body, and bring back the answer', async () => {
    expect(await peers.call(weighNote, weigh)).toEqual({ grams: 1 })
    expect(media.calls(weighNote)).toEqual([weigh])
  })

  it('throw what the other refuses with its code', async () => {
    media.answer(weighNote, () => {
      throw new NotesFullError()
    })
    const refusal = await peers.call(weighNote, weigh).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(PeerError)
    expect(refusal).toMatchObject({ service: 'media', status: 409, code: 'profiles.notes-full' })
    const stranger = peersOf(media.url, 'analytics')
    await expect(stranger.call(weighNote, weigh)).rejects.toMatchObject({ status: 403, code: 'forbidden' })
    await stranger.onApplicationShutdown()
  })

  it('take a token that is refused for an outage, since no request is to blame for a clock', async () => {
    const late = peersOf(media.url, 'profiles', { now: () => new Date(Date.now() - 600_000) })
    await expect(late.call(weighNote, weigh)).rejects.toBeInstanceOf(PeerDistrustError)
    await expect(late.call(weighNote, weigh)).rejects.toMatchObject({ kind: 'unavailable', service: 'media' })
    await late.onApplicationShutdown()
  })

  it('let fields through that a newer version adds, and nothing that breaks the contract', async () => {
    media.answerRaw(weighNote, { grams: 2, carats: 10 })
    expect(await peers.call(weighNote, weigh)).toMatchObject({ grams: 2 })
    media.answerRaw(weighNote, { grams: 'two' })
    await expect(peers.call(weighNote, weigh)).rejects.toBeInstanceOf(PeerUnavailableError)
  })

  it('give up after 2 s, and at once while the other stays away', async () => {
    const dead = peersOf('http://127.0.0.1:1')
    for (let i = 0; i < 15; i++) await expect(dead.call(weighNote, weigh)).rejects.toBeInstanceOf(PeerUnavailableError)
    const error = await dead.call(weighNote, weigh).catch((e: PeerUnavailableError) => e)
    expect(error).toMatchObject({ code: 'unavailable', kind: 'unavailable', cause: { code: 'EOPENBREAKER' } })
    expect([await dead.openBreakers(), await peers.openBreakers()]).toEqual([1, 0])
    await dead.onApplicationShutdown()

    media.answer(weighNote, () => new Promise(() => undefined))
    await expect(peers.call(weighNote, weigh)).rejects.toBeInstanceOf(PeerUnavailableError)
  })

  it('stop no other call when one fails, whatever a caller sent to make it fail', async () => {
    const others = peersOf(media.url, 'gateway')
    media.answer(frameNote, () => Promise.reject(new UnavailableError('a fault that some input brings about')))
    const codes = new Set<unknown>()
    for (let i = 0; i < 15; i++)
      await others
        .call(frameNote, { params: { title: 'x' } })
        .catch((error: { cause: object }) => codes.add(error.cause))
    expect([...codes].at(-1)).toMatchObject({ code: 'EOPENBREAKER' })
    await expect(others.call(weighNote, weigh)).rejects.toMatchObject({ status: 403 })
    await others.onApplicationShutdown()
  })

  it('count nothing that a caller sends for an outage', async () => {
    const others = peersOf(media.url, 'gateway')
    media.answer(frameNote, () => undefined)
    for (let i = 0; i < 15; i++) await others.call(frameNote, { params: { title: '\ud800' } })
    for (let i = 0; i < 15; i++)
      await expect(others.call(frameNote, { params: { title: 'x'.repeat(31) } })).rejects.toMatchObject({ status: 422 })
    await others.call(frameNote, { params: { title: 'x' } })
    await others.onApplicationShutdown()
  })

  it('wait for a change as long as its service takes', async () => {
    const others = peersOf(media.url, 'gateway')
    media.answer(frameNote, () => wait(2_500))
    expect(await others.call(frameNote, { params: { title: 'x' } })).toBeUndefined()
    await others.onApplicationShutdown()
  })
})
