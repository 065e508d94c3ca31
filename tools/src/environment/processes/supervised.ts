import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { UserFacingError } from '../user-facing-error.js'
import { Backoff } from './backoff.js'
import { endGroup, signalGroup } from './process-group.js'
import { RunRecords } from './run-records.js'

export interface ProcessOptions {
  name: string
  program: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  logFile: string
  /** Resolves true when it serves. Asked again and again until `readyTimeoutMs`. */
  ready: () => Promise<boolean>
  readyTimeoutMs?: number
  /** After so long without an end, SIGKILL. */
  stopTimeoutMs?: number
  /** Between a death and the next start, at most; it grows with each death in a row. */
  maxPauseMs?: number
  say?: (line: string) => void
}

const STOP_TIMEOUT_MS = 25_000
const READY_TIMEOUT_MS = 120_000

/** A child in a process group of its own, started again when it dies, until it is stopped. */
export class Supervised {
  private static readonly alive = new Set<Supervised>()
  private static closed = false

  private child?: ChildProcess
  private gone: Promise<void> = Promise.resolve()
  private wanted = false
  /** Until then a death is a reason not to go on; afterwards it is an accident. */
  private cameUp = false
  private lastDeath = ''
  private startedAt = 0
  private logStart = 0
  private readonly backoff: Backoff
  private readonly records = new RunRecords()

  constructor(private readonly options: ProcessOptions) {
    this.backoff = new Backoff(options.maxPauseMs)
    mkdirSync(dirname(options.logFile), { recursive: true })
    if (existsSync(options.logFile)) renameSync(options.logFile, `${options.logFile}.1`)
  }

  /** Ends all of this program's children, also those that are only just starting; none can be started after it. */
  static async stopAll(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    Supervised.closed = true
    await Promise.all([...Supervised.alive].map((supervised) => supervised.stop(signal)))
  }

  get name(): string {
    return this.options.name
  }

  get logFile(): string {
    return this.options.logFile
  }

  /** The usual environment of its lives. */
  get env(): NodeJS.ProcessEnv {
    return this.options.env ?? {}
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  get running(): boolean {
    return this.child !== undefined
  }

  /** For this life only, `env` is laid over the usual environment, for instance a fail-point, and `args` replace the usual ones. */
  async start(env?: NodeJS.ProcessEnv, args?: string[]): Promise<void> {
    if (this.child) throw new Error(`${this.name} is running`)
    this.wanted = true
    this.cameUp = false
    this.spawn(env, args)
    try {
      await this.untilReady()
      this.cameUp = true
    } catch (error) {
      await this.stop('SIGKILL')
      throw error
    }
  }

  /** Ends it, and does not start it again. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.wanted = false
    const pid = this.child?.pid
    if (pid) await endGroup(pid, signal === 'SIGTERM' ? (this.options.stopTimeoutMs ?? STOP_TIMEOUT_MS) : 0)
    await this.gone
    Supervised.alive.delete(this)
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** As a crash would: it is started again after a moment. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.child?.pid) signalGroup(this.child.pid, signal)
  }

  /** Dies now, and stays dead until `start`. */
  async killAndStay(): Promise<void> {
    await this.stop('SIGKILL')
  }

  async untilReady(): Promise<void> {
    const { ready, readyTimeoutMs = READY_TIMEOUT_MS } = this.options
    const until = performance.now() + readyTimeoutMs
    for (;;) {
      const child = this.child
      if ((await ready().catch(() => false)) && child && child === this.child) return
      if (!this.wanted) throw this.failure('was stopped')
      if (!this.child && !this.cameUp) throw this.failure(`ended while it started (${this.lastDeath})`)
      if (performance.now() > until) throw this.failure(`is not ready after ${readyTimeoutMs / 1000} s`)
      await delay(50)
    }
  }

  private spawn(env?: NodeJS.ProcessEnv, args = this.options.args): void {
    if (Supervised.closed) throw new Error('stopping')
    const { program, cwd, logFile } = this.options
    const log = openSync(logFile, 'a')
    this.logStart = fstatSync(log).size
    this.startedAt = performance.now()
    const child = spawn(program, args, {
      cwd,
      env: { ...this.options.env, ...env },
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.child = child
    Supervised.alive.add(this)
    if (child.pid) this.records.add(this.name, child.pid)
    this.gone = new Promise((resolve) => {
      const died = (how: string) => {
        resolve()
        void this.died(child, how)
      }
      child.once('error', (error) => died(error.message))
      child.once('exit', (code, signal) => died(signal ?? `exit ${code}`))
    })
  }

  /** Its group goes with it: what it had started would hold on to its ports and files. */
  private async died(child: ChildProcess, how: string): Promise<void> {
    if (child.pid) {
      signalGroup(child.pid, 'SIGKILL')
      this.records.remove(child.pid)
    }
    if (this.child !== child) return
    this.child = undefined
    this.lastDeath = how
    if (this.wanted && this.cameUp) await this.startAgain()
  }

  private async startAgain(): Promise<void> {
    const say = this.options.say ?? (() => undefined)
    const wait = this.backoff.next(performance.now() - this.startedAt)
    say(`${this.name} died (${this.lastDeath}); it is started again in ${wait / 1000} s`)
    await delay(wait)
    if (!this.wanted || this.child) return
    this.spawn()
    await this.untilReady().then(
      () => say(`${this.name} is back`),
      () =>
        this.wanted &&
        say(`${this.name} is not ready after ${READY_TIMEOUT_MS / 1000} s; its log is ${this.options.logFile}`),
    )
  }

  private failure(what: string): UserFacingError {
    const { logFile } = this.options
    const printed = existsSync(logFile) ? readFileSync(logFile).subarray(this.logStart).toString().trim() : ''
    const end = printed.split('\n').slice(-6).join('\n')
    return new UserFacingError(`${this.name} ${what}. Its log, ${logFile}, ${end ? `ends with\n${end}` : 'is empty.'}`)
  }
}
