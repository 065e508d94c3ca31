import { randomBytes } from 'node:crypto'
import type { BareServer } from '../bare-server.js'
import { pairOfKeys } from './floor-system.js'

interface Members {
  uri: string
  handles: readonly string[]
  /** Of each. */
  password: string
}

/** The least programs that log somebody in with the same promises: two processes, as gateway and identity are. Whoever starts them stops them. */
export async function floorLogIns(start: (name: string, settings: object) => Promise<BareServer>, members: Members) {
  const { publicKey, privateKey } = await pairOfKeys()
  const key = randomBytes(32).toString('hex')
  const identity = await start('floor/log-in', { ...members, key, publicKey })
  const gateway = await start('floor/log-in-edge', { url: identity.url, privateKey })
  return { url: gateway.url, pids: { gateway: gateway.pid, identity: identity.pid } }
}
