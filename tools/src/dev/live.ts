import { join } from 'node:path'
import type { Supervised } from '../environment/processes/supervised.js'
import { buildStamp } from './build-stamps.js'
import type { Compiled } from './compile.js'
import { CompilerWatch } from './compiler-watch.js'

export interface LiveOptions {
  /** The workspace. */
  root: string
  /** Running, by the name of their folder in apps/. */
  services: Readonly<Record<string, Supervised>>
  say: (line: string) => void
}

/** Keeps services as their sources are: what compiles runs, and what does not leaves the old process alone. */
export class Live {
  private readonly stamps = new Map<string, string>()
  private watch?: CompilerWatch
  private work = Promise.resolve()
  private ready?: () => void

  constructor(private readonly options: LiveOptions) {}

  /** Resolves when the sources are watched. */
  async start(): Promise<void> {
    const { root, services } = this.options
    for (const name of Object.keys(services)) this.stamps.set(name, buildStamp(root, name))
    const watched = new Promise<void>((resolve) => (this.ready = resolve))
    const projects = Object.keys(services).map((name) => join('apps', name, 'tsconfig.build.json'))
    this.watch = CompilerWatch.start(root, projects, (result) => this.compiled(result))
    await watched
  }

  async stop(): Promise<void> {
    await this.watch?.stop()
    await this.work
  }

  private compiled({ errors, text }: Compiled): void {
    if (errors > 0) this.options.say(`${text}\n${errors} errors; what ran before still runs`)
    else this.work = this.work.then(() => this.restartChanged())
    this.ready?.()
  }

  /** One after the other, so that no two restarts of one service meet. */
  private async restartChanged(): Promise<void> {
    for (const [name, service] of Object.entries(this.options.services)) {
      const stamp = buildStamp(this.options.root, name)
      if (stamp === this.stamps.get(name)) continue
      this.stamps.set(name, stamp)
      await this.restart(name, service)
    }
  }

  private async restart(name: string, service: Supervised): Promise<void> {
    const began = performance.now()
    await service.restart().then(
      () => this.options.say(`${name} is up again after ${((performance.now() - began) / 1000).toFixed(1)} s`),
      (error: Error) => this.options.say(`${error.message}\n${name} is started again with the next change`),
    )
  }
}
