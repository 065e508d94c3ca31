import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStartError } from './cannot-start.error.js'
import { endGroup } from './process-group.js'
import { identify, isRunning, type ProcessIdentity } from './process-identity.js'

const SUPERVISOR = 'supervisor'

/** Who runs out of a folder: one record per process, so that the next start finds what a killed supervisor left behind. */
export class RunFolder {
  private readonly records: string

  constructor(readonly path: string) {
    this.records = join(path, 'run')
    for (const folder of [this.records, this.logs]) mkdirSync(folder, { recursive: true })
  }

  get logs(): string {
    return join(this.path, 'logs')
  }

  data(name: string): string {
    const folder = join(this.path, name)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** Written beside and renamed: a reader never sees half a record. */
  record(name: string, pid: number): void {
    const identity = identify(pid)
    if (!identity) return
    const file = join(this.records, `${name}.json`)
    writeFileSync(`${file}.new`, JSON.stringify(identity))
    renameSync(`${file}.new`, file)
  }

  forget(name: string): void {
    rmSync(join(this.records, `${name}.json`), { force: true })
  }

  supervisor(): ProcessIdentity | undefined {
    const found = this.read(SUPERVISOR)
    return found && isRunning(found) ? found : undefined
  }

  /** Takes the folder for this process; ends what an earlier supervisor that was killed had to leave. */
  async take(): Promise<string[]> {
    const other = this.supervisor()
    if (other && other.pid !== process.pid)
      throw new CannotStartError(
        `It is already running here, as process ${other.pid}. Stop that one (Ctrl-C, or kill ${other.pid}) or use it.`,
      )
    this.record(SUPERVISOR, process.pid)
    return this.endLeftovers()
  }

  async endLeftovers(): Promise<string[]> {
    const left = this.names().filter((name) => {
      const identity = this.read(name)
      return identity && isRunning(identity)
    })
    await Promise.all(left.map((name) => endGroup(this.read(name)!.pid, 10_000)))
    for (const name of this.names()) this.forget(name)
    return left
  }

  release(): void {
    this.forget(SUPERVISOR)
  }

  private names(): string[] {
    return readdirSync(this.records)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter((name) => name !== SUPERVISOR)
  }

  private read(name: string): ProcessIdentity | undefined {
    try {
      return JSON.parse(readFileSync(join(this.records, `${name}.json`), 'utf8')) as ProcessIdentity
    } catch {
      return undefined
    }
  }
}
