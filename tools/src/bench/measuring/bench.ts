import type { Stack } from '../../environment/servers/stack.js'
import type { System } from '../../environment/system/system.js'
import type { Pids } from './process-figures.js'
import type { ApiClient } from '@mpics/api-client'
import type { Mailbox } from '../../people/mailbox.js'

/** The input of a measurement of the libraries: servers of its own, and the six services if it asks for them. */
export interface StackBench {
  stack: Stack
  system: () => Promise<System>
  /** Whether this part of a measurement, such as `cost/log-in`, is asked for. */
  wants: (part: string) => boolean
  rounds: number
  /** Length of one round of a closed loop. */
  ms: number
}

/** The input of a measurement of the services: a running system of its own. */
export interface Bench {
  system: System
  /** Logs and keys of that system. */
  folder: string
  api: ApiClient
  mailbox: Mailbox
  /** Of its services, and of the servers that were started for it. */
  pids: Pids
  rounds: number
  ms: number
}
