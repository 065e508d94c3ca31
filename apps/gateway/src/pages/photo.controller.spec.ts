import { setTimeout } from 'node:timers/promises'
import type { EventServer } from '@mpics/eventing'
import { Clock, Invalidation, Metrics } from '@mpics/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ChangingAccounts } from '../answers/changing-accounts.js'
import { PublicAnswers } from '../answers/public-answers.js'
import type { GatewayConfig } from '../config.js'
import { MissingParts } from '../failures/missing-parts.js'
import { photo as sample } from '../../test/setup/samples.js'
import { PhotoController } from './photo.controller.js'

type Parts = ConstructorParameters<typeof PhotoController>

const HELD_MS = 60_000
const ID = '01931f3e-0000-7000-8000-000000000001'

describe('the page of a photo', () => {
  afterEach(() => jest.restoreAllMocks())

  const setUp = () => {
    const events = { afterEach: () => undefined } as unknown as EventServer
    const config = { GATEWAY_PUBLIC_ANSWER_MS: HELD_MS } as GatewayConfig
    const missing = new MissingParts(new Clock(), new Metrics())
    const answers = new PublicAnswers(config, missing, new ChangingAccounts(), new Invalidation(events))
    const calls: string[] = []
    const photo = { ...sample, title: 'before' }
    const forVisitors = {
      get: async (id: string) => (calls.push('media'), { ...photo, id }),
    }
    const composed = Promise.withResolvers<void>()
    const photos = { execute: async (found: object[]) => (calls.push('composed'), await composed.promise, found) }
    let shown = ''
    const show = {
      count: () => ({}),
      execute: async (_: unknown, __: unknown, { title }: { title: string }) => void (shown = title),
    }
    const parts = [forVisitors, photos, show, answers] as unknown as Parts
    const controller = new PhotoController(...parts)
    const read = async () => {
      await controller.photo(ID, {} as FastifyRequest, {} as FastifyReply)
      return shown
    }
    return { calls, photo, composed, read }
  }

  it('is no older than an answer may be, though it took as long to compose', async () => {
    let now = performance.now()
    jest.spyOn(performance, 'now').mockImplementation(() => now)
    const { calls, photo, composed, read } = setUp()
    const first = read()
    // the photo is there and held, and what is composed of it is late
    await setTimeout(5)
    now += HELD_MS - 1_000
    composed.resolve()
    expect([await first, await read()]).toEqual(['before', 'before'])
    expect(calls).toEqual(['media', 'composed'])
    photo.title = 'changed'
    now += 1_001
    // the cache reads its clock once for a millisecond
    await setTimeout(5)
    expect(await read()).toBe('changed')
    expect(calls).toEqual(['media', 'composed', 'media', 'composed'])
  })
})
