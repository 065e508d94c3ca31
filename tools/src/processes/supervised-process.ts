import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, fstatSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Backoff } from './backoff.js'
import { CannotStartError } from './cannot-start.error.js'
import { endGroup, signalGroup } from './process-group.js'
import type { RunFolder } from './run-folder.js'

export interface ProcessSpec {
  name: string
  command: string
  args: string[]
  env: Record<string, string | undefined>
  /** Asked again and again after each start until it says yes; `log` is what this run has printed. */
  ready: (log: string) => Promise<boolean>
  readyWithinMs: number
  stopWithinMs: number
}

type State = 'stopped' | 'starting' | 'running'

/** One child process: started, watched, started again when it dies, and ended with everything it started. */
export class SupervisedProcess {
  private state: State = 'stopped'
  private child: ChildProcess | undefined
  private exited: Promise<void> = Promise.resolve()
  private startedAt = 0
  private logStart = 0
  private readonly backoff = new Backoff()

  constructor(
    readonly spec: ProcessSpec,
    private readonly folder: RunFolder,
    private readonly say: (line: string) => void,
  ) {}

  get pid(): number | undefined {
    return this.state === 'stopped' ? undefined : this.child?.pid
  }

  get isReady(): boolean {
    return this.state === 'running'
  }

  private get isStopped(): boolean {
    return this.state === 'stopped'
  }

  get log(): string {
    return join(this.folder.logs, `${this.spec.name}.log`)
  }

  async start(): Promise<void> {
    if (this.state !== 'stopped') return
    this.keepEarlierLog()
    this.spawn()
    try {
      await this.untilReady()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  async stop(patienceMs = this.spec.stopWithinMs): Promise<void> {
    this.state = 'stopped'
    if (this.child?.pid) await endGroup(this.child.pid, patienceMs)
    await this.exited
    this.folder.forget(this.spec.name)
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** As a crash would: what dies this way is started again after a moment. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.child?.pid) signalGroup(this.child.pid, signal)
  }

  private spawn(): void {
    const log = openSync(this.log, 'a')
    this.logStart = fstatSync(log).size
    const child = spawn(this.spec.command, this.spec.args, {
      cwd: this.folder.path,
      env: this.spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.child = child
    this.state = 'starting'
    this.startedAt = Date.now()
    if (child.pid) this.folder.record(this.spec.name, child.pid)
    this.exited = new Promise((resolve) => {
      const gone = (how: string) => {
        resolve()
        if (this.child === child && this.state === 'running') void this.startAgain(how)
      }
      child.once('error', (error) => gone(error.message))
      child.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`))
    })
  }

  private async untilReady(): Promise<void> {
    const child = this.child
    const until = Date.now() + this.spec.readyWithinMs
    while (this.child === child && this.state === 'starting') {
      if (await this.spec.ready(this.printed()).catch(() => false)) return this.isUp()
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null)
        throw this.failure('ended before it was ready')
      if (Date.now() > until) throw this.failure(`was not ready after ${this.spec.readyWithinMs / 1000} s`)
      await sleep(50)
    }
  }

  private isUp(): void {
    if (this.state === 'starting') this.state = 'running'
  }

  private async startAgain(how: string): Promise<void> {
    const dead = this.child
    this.state = 'starting'
    if (dead?.pid) await endGroup(dead.pid, 0)
    const wait = this.backoff.next(Date.now() - this.startedAt)
    this.say(`${this.spec.name} died (${how}): starting it again in ${wait / 1000} s`)
    await sleep(wait)
    if (this.child !== dead || this.isStopped) return
    this.spawn()
    const spawned = this.child
    try {
      await this.untilReady()
      if (this.isReady) this.say(`${this.spec.name} is back`)
    } catch {
      if (this.child === spawned && !this.isStopped) await this.startAgain(`not ready, see ${this.log}`)
    }
  }

  private keepEarlierLog(): void {
    if (existsSync(this.log)) renameSync(this.log, `${this.log}.1`)
  }

  private printed(): string {
    try {
      return readFileSync(this.log).subarray(this.logStart).toString()
    } catch {
      return ''
    }
  }

  private failure(what: string): CannotStartError {
    const last = this.printed().trimEnd().split('\n').slice(-8).join('\n')
    return new CannotStartError(`${this.spec.name} ${what}. The end of ${this.log}:\n${last}`)
  }
}
