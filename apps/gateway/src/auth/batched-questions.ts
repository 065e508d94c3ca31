const BATCH_SIZE = 500

/** Sends the questions of one turn of the event loop as one call, which answers those of which something is so. */
export class BatchedQuestions {
  private asked = new Map<string, PromiseWithResolvers<boolean>>()

  constructor(private readonly which: (ids: string[]) => Promise<readonly string[]>) {}

  ask(id: string): Promise<boolean> {
    if (this.asked.size === 0) setImmediate(() => void this.askForAll())
    let answer = this.asked.get(id)
    if (!answer) this.asked.set(id, (answer = Promise.withResolvers<boolean>()))
    return answer.promise
  }

  private async askForAll(): Promise<void> {
    const asked = [...this.asked]
    this.asked = new Map()
    for (let from = 0; from < asked.length; from += BATCH_SIZE) await this.askFor(asked.slice(from, from + BATCH_SIZE))
  }

  private async askFor(asked: [string, PromiseWithResolvers<boolean>][]): Promise<void> {
    try {
      const found = new Set(await this.which(asked.map(([id]) => id)))
      for (const [id, answer] of asked) answer.resolve(found.has(id))
    } catch (error) {
      for (const [, answer] of asked) answer.reject(error)
    }
  }
}
