import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { endGroup } from '../environment/processes/process-group.js'
import { RunRecords } from '../environment/processes/run-records.js'
import { nodeProgram } from '../environment/root.js'

const DONE = /Found (\d+) errors?\. Watching for file changes/
const TIME = /^\[?\d{1,2}:\d{2}:\d{2}\s?[AP]?M?\]? (- )?/

export interface Compiled {
  errors: number
  /** What the compiler said of them. */
  text: string
}

/** `tsc -b --watch`: compiles what has changed, and whatever needs it. */
export class CompilerWatch {
  private readonly records = new RunRecords()
  private said: string[] = []

  private constructor(private readonly child: ChildProcess) {
    if (child.pid) this.records.add('tsc', child.pid)
  }

  /** Calls `compiled` after each round, the first one included. */
  static start(root: string, projects: readonly string[], compiled: (result: Compiled) => void): CompilerWatch {
    const tsc = join(root, 'node_modules/typescript-native/bin/tsc')
    const child = spawn(
      nodeProgram(),
      [tsc, '-b', '--checkers', '1', '--watch', '--preserveWatchOutput', ...projects],
      {
        cwd: root,
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const watch = new CompilerWatch(child)
    createInterface({ input: child.stdout }).on('line', (line) => watch.heard(line, compiled))
    return watch
  }

  async stop(): Promise<void> {
    const { pid } = this.child
    if (!pid) return
    await endGroup(pid, 0)
    this.records.remove(pid)
  }

  private heard(line: string, compiled: (result: Compiled) => void): void {
    const done = DONE.exec(line)
    if (!done) {
      if (line.trim() && !TIME.test(line)) this.said.push(line)
      return
    }
    const text = this.said.join('\n')
    this.said = []
    compiled({ errors: Number(done[1]), text })
  }
}
