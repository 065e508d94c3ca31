export interface Claim {
  account: string
  cost: number
}

interface Waiting {
  account: string
  begins: number
  ends: number
  start: () => void
  sendAway: () => void
}

/**
 * Lets a number of jobs run at once. Of those that wait, the next is the one that would end first if every account had an equal
 * share (weighted fair queueing, Demers et al. 1989): neither many jobs of one account nor large jobs of many delay a small one of
 * another, nor do ever new small ones keep a large one waiting for ever. The room to wait is bounded: it sends away whose turn
 * began last.
 */
export class FairQueue {
  /** The work that an equal share of those who wait has got. */
  private time = 0
  private readonly waiting: Waiting[] = []
  /** Until when the jobs of an account take its share; nobody has claims on a queue without waiters. */
  private readonly claimed = new Map<string, number>()

  constructor(
    private free: number,
    private readonly room: number,
    private readonly refusal: () => Error,
  ) {}

  async run<T>(claim: Claim, job: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1
    else await this.turn(claim)
    try {
      return await job()
    } finally {
      this.passOn()
    }
  }

  /** Undefined where the job would have to wait. */
  runAtOnce<T>(claim: Claim, job: () => Promise<T>): Promise<T> | undefined {
    return this.free > 0 ? this.run(claim, job) : undefined
  }

  private turn({ account, cost }: Claim): Promise<void> {
    const begins = Math.max(this.time, this.claimed.get(account) ?? 0)
    const ends = begins + cost
    this.claimed.set(account, ends)
    return new Promise((resolve, reject) => {
      const sendAway = () => reject(this.refusal())
      const behind = this.waiting.findIndex((other) => other.ends > ends)
      this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, {
        account,
        begins,
        ends,
        start: resolve,
        sendAway,
      })
      if (this.waiting.length > this.room) this.sendLastAway()
    })
  }

  private sendLastAway(): void {
    const last = this.waiting.reduce((one, other) => (one.begins > other.begins ? one : other))
    this.waiting.splice(this.waiting.indexOf(last), 1)
    if (last.begins > this.time) this.claimed.set(last.account, last.begins)
    else this.claimed.delete(last.account)
    last.sendAway()
  }

  private passOn(): void {
    const sharing = new Set(this.waiting.map(({ account }) => account)).size
    const next = this.waiting.shift()
    if (next) {
      this.advance((next.ends - next.begins) / sharing)
      next.start()
    } else {
      this.free += 1
      this.time = 0
      this.claimed.clear()
    }
  }

  private advance(share: number): void {
    this.time += share
    for (const [account, until] of this.claimed) if (until <= this.time) this.claimed.delete(account)
  }
}
