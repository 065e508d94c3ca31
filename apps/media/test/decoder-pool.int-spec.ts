import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eventually } from '@mpics/testing'
import { Logger } from '@nestjs/common'
import type { MediaConfig } from '../src/config.js'
import { DecoderPool } from '../src/renditions/decoder-pool.js'
import { jpeg } from './setup/pictures.js'

process.env['NODE_OPTIONS'] = `--import ${pathToFileURL(join(__dirname, 'setup/type-stripping.mjs')).href}`

Logger.overrideLogger(false)

describe('the pool of decoders', () => {
  let folder: string
  let decoders: DecoderPool
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mpics-decoders-test-'))
    await writeFile(join(folder, 'upload'), await jpeg(3000, 2000))
  })
  afterEach(async () => {
    decoders.onApplicationShutdown()
    await rm(folder, { recursive: true })
  })

  const open = (seconds: number, memoryMb: number) =>
    (decoders = new DecoderPool({
      MEDIA_DECODER_PROCESSES: 1,
      MEDIA_DECODER_SECONDS: seconds,
      MEDIA_DECODER_MEMORY_MB: memoryMb,
    } as MediaConfig))
  const renderPicture = () => decoders.renderPicture({ source: join(folder, 'upload'), folder })
  const pids = () => [...(decoders as unknown as { processes: Set<{ pid: number }> }).processes].map(({ pid }) => pid)
  const isAlive = async (pid: number) => !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'))

  it('uses one process for one picture after the other, which has none of our secrets', async () => {
    process.env['MEDIA_S3_SECRET_KEY'] = 'canary-secret'
    open(60, 900)
    expect(await renderPicture()).toHaveProperty('picture')
    const [pid] = pids()
    expect(await renderPicture()).toHaveProperty('picture')
    expect(pids()).toEqual([pid])
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('canary-secret')
    decoders.onApplicationShutdown()
    await eventually(async () => !(await isAlive(pid!).catch(() => false)))
  })

  it('begins again when its process dies', async () => {
    open(60, 900)
    const outcome = renderPicture()
    const [first] = await eventually(() => pids().length > 0 && pids())
    process.kill(first!, 'SIGKILL')
    expect(await outcome).toHaveProperty('picture')
    expect(pids()).not.toContain(first)
  })

  it.each([
    ['takes too long', 0.05, 900],
    ['grows too large', 60, 20],
  ])('gives up on a picture that %s, twice', async (_, seconds, memoryMb) => {
    open(seconds, memoryMb)
    expect(await renderPicture()).toEqual({ rejection: 'damaged' })
    expect(pids()).toEqual([])
  })

  it('does not blame a picture when it is closed meanwhile', async () => {
    open(60, 900)
    const outcome = renderPicture()
    await eventually(() => pids().length > 0)
    decoders.onApplicationShutdown()
    await expect(outcome).rejects.toThrow('ended')
  })
})
