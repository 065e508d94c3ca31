interface Life<T> {
  start: () => Promise<T>
  end: (running: T) => Promise<void>
}

const ofRun = globalThis as { mpicsSystem?: SharedSystem<unknown> }

/** One for many test files. Whoever ends it is told of no failure, which is of the files before: the end of the run tells it. */
export class SharedSystem<T> {
  private running?: Promise<T>
  private readonly failures: unknown[] = []

  constructor(private readonly life: Life<T>) {}

  /** Each test file evaluates this module; what it holds is that of the process. */
  static ofRun<T>(life: Life<T>): SharedSystem<T> {
    return (ofRun.mpicsSystem ??= new SharedSystem(life) as SharedSystem<unknown>) as SharedSystem<T>
  }

  started(): Promise<T> {
    return (this.running ??= this.life.start())
  }

  async end(): Promise<void> {
    const { running } = this
    this.running = undefined
    await running?.then(this.life.end).catch((error: unknown) => this.failures.push(error))
  }

  /** For the end of the run. */
  async close(): Promise<void> {
    await this.end()
    const failures = this.failures.splice(0)
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '))
  }
}
