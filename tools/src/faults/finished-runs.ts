import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

export interface FinishedRun {
  /** The title of what was run. */
  what: string
  seed: number
  ok: boolean
  seconds: number
}

/** One line for each run that came to an end, so that a matrix that was broken off goes on where it was. */
export class FinishedRuns {
  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true })
  }

  add(run: FinishedRun): void {
    appendFileSync(this.file, `${JSON.stringify({ ...run, at: new Date().toISOString() })}\n`)
  }

  /** A line that was cut off in the middle is no run. */
  all(): FinishedRun[] {
    if (!existsSync(this.file)) return []
    return readFileSync(this.file, 'utf8').split('\n').flatMap(read)
  }

  of(what: string): FinishedRun[] {
    return this.all().filter((run) => run.what === what)
  }

  forget(): void {
    rmSync(this.file, { force: true })
  }
}

function read(line: string): FinishedRun[] {
  try {
    return [JSON.parse(line) as FinishedRun]
  } catch {
    return []
  }
}
