import type { System } from '../system/system.js'
import type { ApiClient } from '../tour/api-client.js'
import type { Mailbox } from '../tour/mailbox.js'

/** What a measurement is given: a running system of its own. */
export interface Bench {
  system: System
  /** Logs and keys of that system. */
  folder: string
  api: ApiClient
  mailbox: Mailbox
  rounds: number
  /** Length of one round of a closed loop. */
  ms: number
}
