import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../cache-folder.js'
import { endGroup } from './process-group.js'
import { identify, isRunning, type ProcessIdentity } from './process-identity.js'

interface RunRecord {
  name: string
  process: ProcessIdentity
  supervisor: ProcessIdentity
}

/**
 * One file for each process that is supervised, from whichever folder and by whichever command: a supervisor that was killed
 * itself could not stop its children, and the next start finds them here.
 */
export class RunRecords {
  constructor(private readonly folder = process.env['MPICS_RUN'] ?? join(cacheFolder(), 'run')) {
    mkdirSync(folder, { recursive: true })
  }

  /** Written beside and renamed: a reader never sees half a record. */
  add(name: string, pid: number): void {
    const [child, supervisor] = [identify(pid), identify(process.pid)]
    if (!child || !supervisor) return
    const file = this.file(pid)
    writeFileSync(`${file}.new`, JSON.stringify({ name, process: child, supervisor } satisfies RunRecord))
    renameSync(`${file}.new`, file)
  }

  remove(pid: number): void {
    rmSync(this.file(pid), { force: true })
  }

  /** Ends what has outlived its supervisor, and nothing else. Returns the names. */
  async endLeftovers(): Promise<string[]> {
    const records = this.all()
    const left = records.filter((r) => isRunning(r.process) && !isRunning(r.supervisor))
    await Promise.all(left.map((r) => endGroup(r.process.pid, 10_000)))
    for (const record of records) if (!isRunning(record.process)) this.remove(record.process.pid)
    return left.map((r) => r.name)
  }

  private all(): RunRecord[] {
    return readdirSync(this.folder).flatMap((file) => (file.endsWith('.json') ? this.read(file) : []))
  }

  private read(file: string): RunRecord[] {
    try {
      return [JSON.parse(readFileSync(join(this.folder, file), 'utf8')) as RunRecord]
    } catch {
      return []
    }
  }

  private file(pid: number): string {
    return join(this.folder, `${pid}.json`)
  }
}
