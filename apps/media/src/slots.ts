/** Lets a number of jobs run at the same time; others wait in order. */
export class Slots {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  get full(): boolean {
    return this.free === 0
  }

  get queued(): number {
    return this.waiting.length
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    try {
      return await job()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.free += 1
    }
  }
}
