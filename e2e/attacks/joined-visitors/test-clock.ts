import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export class TestClock {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mpics-clock-'))
  private readonly file = join(this.folder, 'ahead')
  private readonly descriptor = openSync(this.file, 'w')
  private ahead = Number.NEGATIVE_INFINITY

  constructor(start: number) {
    this.goTo(start)
  }

  get environment(): Record<string, string> {
    const preload = pathToFileURL(join(__dirname, 'clock-preload.mjs')).href
    return { NODE_OPTIONS: `--import=${preload}`, TEST_CLOCK_FILE: this.file }
  }

  goTo(time: number): void {
    this.ahead = Math.max(this.ahead, time - Date.now())
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(this.ahead)
    writeSync(this.descriptor, bytes, 0, 8, 0)
  }

  close(): void {
    closeSync(this.descriptor)
    rmSync(this.folder, { recursive: true, force: true })
  }
}
