import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@mpics/testing'
import { Logger } from '@nestjs/common'
import { SOURCE } from '../src/decoder/jobs.js'
import type { DecoderPool } from '../src/decoding/decoder-pool.js'
import { openDecoders, runSources } from './setup/decoders.js'
import { bomb, jpeg, withManyScans } from './setup/pictures.js'

Logger.overrideLogger(false)

describe('the pool of decoders', () => {
  let folder: string
  let decoders: DecoderPool
  beforeAll(runSources)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mpics-decoders-test-'))
    await upload(await jpeg(3000, 2000))
  })
  afterEach(async () => {
    decoders.onApplicationShutdown()
    await rm(folder, { recursive: true })
  })

  const upload = (bytes: Buffer) => writeFile(join(folder, SOURCE), bytes)
  const open = (seconds: number, memoryMb: number) => (decoders = openDecoders(seconds, memoryMb))
  const judge = () => decoders.judge('a', folder)
  const renderQuick = () => decoders.renderQuick('a', 100, folder)
  const renderLarge = () => decoders.renderLarge('a', 1000, folder)
  type Lane = { processes: Set<{ pid: number }>; start: () => unknown }
  const lane = (name: 'quick' | 'large') => (decoders as unknown as Record<string, Lane>)[name]!
  const pids = (name: 'quick' | 'large' = 'quick') => [...lane(name).processes].map(({ pid }) => pid)
  const isAlive = async (pid: number) => !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'))

  it('uses one process for one picture after the other, which has none of our secrets', async () => {
    process.env['MEDIA_S3_SECRET_KEY'] = 'canary-secret'
    open(60, 900)
    expect(await decoders.judgeHead('a', await jpeg())).toEqual({ found: 'image/jpeg', refusal: null })
    expect(await judge()).toEqual({ work: expect.closeTo(90, 5) })
    expect(await renderQuick()).toHaveProperty('picture')
    const [pid] = pids()
    expect(await renderQuick()).toHaveProperty('picture')
    expect(pids()).toEqual([pid])
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').map((entry) => entry.split('=')[0])
    expect(environment.filter(Boolean).sort()).toEqual([
      'MALLOC_ARENA_MAX',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
      'NODE_OPTIONS',
      'TMPDIR',
    ])
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/Seccomp:\s+2/)
    decoders.onApplicationShutdown()
    await eventually(async () => !(await isAlive(pid!).catch(() => false)))
  })

  it('loads the decoders as soon as it accepts a head, before the picture comes', async () => {
    open(60, 900)
    expect(await decoders.judgeHead('a', await jpeg())).toHaveProperty('refusal', null)
    const [pid] = pids()
    await eventually(async () => (await readFile(`/proc/${pid}/maps`, 'utf8')).includes('libvips'))
  })

  it('begins again when its process dies', async () => {
    open(60, 900)
    const outcome = renderQuick()
    const [first] = await eventually(() => pids().length > 0 && pids())
    process.kill(first!, 'SIGKILL')
    expect(await outcome).toHaveProperty('picture')
    expect(pids()).not.toContain(first)
  })

  it.each([
    ['takes too long', 0.01, 900],
    ['grows too large', 60, 20],
  ])('gives a picture that %s up at once, and does not try it again', async (_, seconds, memoryMb) => {
    open(seconds, memoryMb)
    const started = jest.spyOn(lane('large'), 'start')
    expect(await renderLarge()).toEqual({ rejection: 'too-complex' })
    expect(started).toHaveBeenCalledTimes(1)
    expect(pids('large')).toEqual([])
    expect(await readFile(join(folder, SOURCE))).toHaveProperty('length')
  })

  it('leaves a picture that is too much for the quick lane to the other', async () => {
    open(60, 900)
    expect(await decoders.renderQuick('a', 5_000, folder)).toBeUndefined()
    expect(pids()).toEqual([])
    decoders.onApplicationShutdown()
    open(60, 20)
    expect(await renderQuick()).toBeUndefined()
  })

  it('judges the work of a picture before anything decodes it', async () => {
    open(60, 900)
    await upload(await withManyScans(20_000))
    expect(await judge()).toEqual({ rejection: 'too-complex' })
    await upload(bomb(20_000, 20_000))
    expect(await judge()).toEqual({ rejection: 'too-many-pixels' })
    await upload(await withManyScans(60))
    expect(await judge()).toEqual({ work: expect.any(Number) })
    expect(((await judge()) as { work: number }).work).toBeGreaterThan(1_000)
  })

  it('calls a file damaged that its process fails to read, once, but not for a fault of the machine', async () => {
    open(60, 900)
    const strange = { toString: () => 5 } as unknown as Buffer
    expect(await decoders.judgeHead('a', strange)).toEqual({ found: null, refusal: 'damaged' })
    const [pid] = pids()
    await rm(join(folder, SOURCE))
    await expect(judge()).rejects.toThrow('ENOENT')
    await expect(renderLarge()).rejects.toThrow('ENOENT')
    expect(pids()).toEqual([pid])
  })

  it('does not blame a picture when it is closed meanwhile', async () => {
    open(60, 900)
    const outcome = renderQuick()
    await eventually(() => pids().length > 0)
    decoders.onApplicationShutdown()
    await expect(outcome).rejects.toThrow('ended')
  })
})
