import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Metrics } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { MediaConfig } from '../config.js'
import { headVerdict, outcome, verdict } from './answers.js'
import { assertConfinable } from './confinement.js'
import { DecoderLane } from './decoder-lane.js'
import { LimitReachedError } from './decoding.errors.js'
import type { HeadVerdict, Outcome, Verdict } from '../decoder/jobs.js'

const QUICK_WORK = 500
const QUICK = { seconds: 3, memoryMb: 512, niceness: 0 } as const
const PATIENT = 10
const [HEAD_WORK, JUDGEMENT_WORK] = [1, 5]

export const processesOf = (config: MediaConfig): number => config.MEDIA_DECODER_PROCESSES ?? availableParallelism()

/**
 * Reads and decodes strangers' pictures in separate, confined processes, so that a decoder that crashes, hangs, swells or is taken
 * over harms nothing else. Small pictures have processes of their own: however large the others are, they pass.
 */
@Injectable()
export class DecoderPool implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly quick: DecoderLane
  private readonly large: DecoderLane
  private readonly limits: Counter<'outcome'>

  constructor(
    private readonly config: MediaConfig,
    metrics: Metrics,
  ) {
    const processes = processesOf(config)
    const { MEDIA_DECODER_SECONDS: seconds, MEDIA_DECODER_MEMORY_MB: memoryMb } = config
    const byKernel = config.MEDIA_DECODER_CONFINED === 'true'
    this.quick = new DecoderLane(processes, {
      seconds: Math.min(QUICK.seconds, seconds),
      memoryMb: Math.min(QUICK.memoryMb, memoryMb),
      niceness: QUICK.niceness,
      byKernel,
    })
    this.large = new DecoderLane(processes, { seconds, memoryMb, niceness: PATIENT, byKernel })
    this.limits = metrics.counter('media_decoder_limits_total', 'Pictures that reached a limit of their process.', [
      'outcome',
    ])
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.MEDIA_DECODER_CONFINED !== 'true') return
    const folder = await mkdtemp(join(tmpdir(), 'mpics-decoder-'))
    try {
      await assertConfinable(folder)
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  onApplicationShutdown(): void {
    this.quick.close()
    this.large.close()
  }

  async judgeHead(account: string, head: Buffer): Promise<HeadVerdict> {
    const job = { kind: 'head', head: head.toString('base64') } as const
    const judged = await this.quick.run({ account, cost: HEAD_WORK }, job, headVerdict).catch(this.ifLimitReached)
    if (judged && 'rejection' in judged) return { found: null, refusal: 'too-complex' }
    return judged ?? { found: null, refusal: 'damaged' }
  }

  async judge(account: string, folder: string): Promise<Verdict> {
    const claim = { account, cost: JUDGEMENT_WORK }
    const judged = await this.quick.run(claim, { kind: 'judge', folder }, verdict).catch(this.ifLimitReached)
    return judged ?? { rejection: 'damaged' }
  }

  /** Undefined: it is too much for the quick lane; `renderLarge` takes it. */
  async renderQuick(account: string, work: number, folder: string): Promise<Outcome | undefined> {
    if (work > QUICK_WORK) return undefined
    try {
      const made = await this.quick.run({ account, cost: work }, { kind: 'render', folder }, outcome)
      return made ?? { rejection: 'damaged' }
    } catch (error) {
      if (error instanceof LimitReachedError) return undefined
      throw error
    }
  }

  async renderLarge(account: string, work: number, folder: string): Promise<Outcome> {
    const claim = { account, cost: work }
    const made = await this.large.run(claim, { kind: 'render', folder }, outcome).catch(this.ifLimitReached)
    return made ?? { rejection: 'damaged' }
  }

  /** It is not tried again: it would take as much once more. */
  private readonly ifLimitReached = (error: unknown): { rejection: 'too-complex' } => {
    if (!(error instanceof LimitReachedError)) throw error
    this.limits.inc({ outcome: error.limit })
    return { rejection: 'too-complex' }
  }
}
