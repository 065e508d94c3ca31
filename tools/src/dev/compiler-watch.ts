import { type FSWatcher, watch } from 'node:fs'
import { join, sep } from 'node:path'
import { compile, type Compiled } from './compile.js'

/** An editor that saves several files in one go causes one round. */
const LINGER_MS = 100

/** Compiles the projects once, and again after each change of a source of an app or a library. */
export class CompilerWatch {
  private readonly watchers: FSWatcher[]
  private readonly stopping = new AbortController()
  private timer?: NodeJS.Timeout
  private round = Promise.resolve()

  private constructor(
    private readonly root: string,
    private readonly projects: readonly string[],
    private readonly compiled: (result: Compiled) => void,
  ) {
    this.watchers = ['apps', 'libs'].map((folder) =>
      watch(join(root, folder), { recursive: true }, (_, path) => this.changed(path ?? '')),
    )
    this.compile()
  }

  /** Calls `compiled` after each round, the first one included. */
  static start(root: string, projects: readonly string[], compiled: (result: Compiled) => void): CompilerWatch {
    return new CompilerWatch(root, projects, compiled)
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer)
    for (const watcher of this.watchers) watcher.close()
    this.stopping.abort()
    await this.round
  }

  private changed(path: string): void {
    if (!path.split(sep).includes('src')) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.compile(), LINGER_MS)
  }

  /** One round after the other: a change during a round is compiled by the next. */
  private compile(): void {
    this.round = this.round.then(async () => {
      if (this.stopping.signal.aborted) return
      const result = await compile(this.root, this.projects, this.stopping.signal)
      if (result) this.compiled(result)
    })
  }
}
