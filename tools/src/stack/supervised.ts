import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ClearError } from './clear-error.js'

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
  /** What to do before it is started again after a death. */
  say?: (line: string) => void
}

const BACK_OFF_MS = [500, 1000, 2000, 5000]
/** A process that has run this long has come up well; its next death starts the back-off anew. */
const STEADY_MS = 30_000
/** So many deaths in a row are no accident: waiting for it would be in vain. */
const DEATHS_AT_START = 3
const KILL_AFTER_MS = 25_000

/** A child in a process group of its own, started again when it dies, until it is stopped. */
export class Supervised {
  private child?: ChildProcess
  private log?: WriteStream
  private wanted = false
  private deaths = 0
  private startedAt = 0
  private restarting?: Promise<void>

  constructor(private readonly options: ProcessOptions) {}

  get name(): string {
    return this.options.name
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  get running(): boolean {
    return this.child !== undefined
  }

  async start(env?: NodeJS.ProcessEnv): Promise<void> {
    this.wanted = true
    this.deaths = 0
    await mkdir(dirname(this.options.logFile), { recursive: true })
    await clearLeftover(this.pidFile)
    this.spawn(env)
    await this.untilReady()
  }

  /** Ends it, and does not start it again. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.wanted = false
    await this.end(signal)
    await this.restarting?.catch(() => undefined)
    await rm(this.pidFile, { force: true })
  }

  /** As a machine would die. It is started again after a moment, unless `stop` was called before. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.signal(signal)
  }

  /** Dies now, and stays dead until `start`. */
  async killAndStay(): Promise<void> {
    await this.stop('SIGKILL')
  }

  async untilReady(): Promise<void> {
    const { ready, readyTimeoutMs = 90_000, name, logFile } = this.options
    const until = performance.now() + readyTimeoutMs
    while (!(await ready().catch(() => false))) {
      if (!this.child && !this.restarting)
        throw new ClearError(`${name} ended while it started. Its log says why: ${logFile}`)
      if (performance.now() > until)
        throw new ClearError(`${name} is not ready after ${readyTimeoutMs / 1000} s. Its log: ${logFile}`)
      await delay(50)
    }
  }

  private get pidFile(): string {
    return `${this.options.logFile}.pid`
  }

  private spawn(env?: NodeJS.ProcessEnv): void {
    const { program, args, logFile, cwd } = this.options
    this.log ??= createWriteStream(logFile, { flags: 'a' })
    this.startedAt = performance.now()
    const child = spawn(program, args, {
      cwd,
      env: { ...this.options.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    child.stdout.pipe(this.log, { end: false })
    child.stderr.pipe(this.log, { end: false })
    if (child.pid) void writeFile(this.pidFile, `${child.pid} ${program}`)
    child.once('error', (error) => this.died(child, error.message))
    child.once('exit', (code, signal) => this.died(child, signal ?? `exit ${code}`))
  }

  private died(child: ChildProcess, how: string): void {
    if (this.child !== child) return
    this.child = undefined
    if (!this.wanted) return
    if (performance.now() - this.startedAt > STEADY_MS) this.deaths = 0
    const wait = BACK_OFF_MS[Math.min(this.deaths++, BACK_OFF_MS.length - 1)]!
    this.options.say?.(`${this.name} died (${how}); it is started again in ${wait / 1000} s`)
    this.restarting = delay(wait).then(() => {
      this.restarting = undefined
      if (this.wanted && !this.child) this.spawn()
    })
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child
    if (!child) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    this.signal(signal)
    const hard = setTimeout(() => this.signal('SIGKILL'), KILL_AFTER_MS)
    await ended
    clearTimeout(hard)
  }

  /** To the whole group, so that nothing it started is left behind. */
  private signal(signal: NodeJS.Signals): void {
    if (!this.child?.pid) return
    try {
      process.kill(-this.child.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** A supervisor that was killed itself could not stop its children: the pid file tells of them, /proc whether it is still the same program. */
async function clearLeftover(pidFile: string): Promise<void> {
  const [pid, program] = (await readFile(pidFile, 'utf8').catch(() => '')).split(' ')
  if (!pid || !program) return
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!commandLine.startsWith(program)) return
  process.kill(-Number(pid), 'SIGTERM')
  for (let i = 0; i < 100; i++) {
    if (!(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))) return
    await delay(100)
  }
  process.kill(-Number(pid), 'SIGKILL')
}
