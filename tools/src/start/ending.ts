import { KafkaSecurityError } from '@mpics/eventing'
import { onEnd } from '../environment/processes/on-end.js'
import { Supervised } from '../environment/processes/supervised.js'
import { UserFacingError } from '../environment/user-facing-error.js'

/** Ends a program that keeps processes up: in the order in which they need each other, then whatever was only just starting. */
export class Ending {
  private stop: () => Promise<void> = async () => undefined
  private begun = false

  constructor() {
    onEnd(
      async () => {
        console.log('\nStopping …')
        await this.end(0)
      },
      () => void Supervised.stopAll('SIGKILL').then(() => process.exit(1)),
    )
  }

  /** Adds a thing that is stopped before all others. */
  readonly with = (stop: () => Promise<void>): void => {
    this.stop = stop
  }

  async failed(error: unknown): Promise<void> {
    if (this.begun) return
    const isPlain = error instanceof UserFacingError || error instanceof KafkaSecurityError
    console.error(isPlain ? `\n${error.message}` : error)
    await this.end(1)
  }

  private async end(code: number): Promise<void> {
    this.begun = true
    await this.stop()
    await Supervised.stopAll()
    process.exit(code)
  }
}
