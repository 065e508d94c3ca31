import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client } from 'undici'
import { root } from '../../environment/root.js'
import { type Service, serviceNames } from '../../environment/system/services.js'
import type { System } from '../../environment/system/system.js'

/** One thing that a service asked of another process: a command of MongoDB, a call, a request or an event for Kafka. */
export interface Asked {
  what: string
  /** In ms, on the clock of all processes. */
  at: number
  /** The request that it was asked for; absent: none, such as for an event. */
  requestId?: string
}

export const RECORDING_SOCKET = 'ROUND_TRIPS_SOCKET'

const recording = pathToFileURL(join(root, 'tools/dist/bench/round-trips/recording.js')).href

/** Whatever the services of a system ask of other processes, between two calls of `take`. */
export class RoundTrips {
  constructor(private readonly folder: string) {}

  get environment(): Record<Service, Record<string, string>> {
    const of = (name: Service) => ({
      NODE_OPTIONS: `--import=${recording}`,
      [RECORDING_SOCKET]: this.socketOf(name),
    })
    return Object.fromEntries(serviceNames.map((name) => [name, of(name) as Record<string, string>])) as Record<
      Service,
      Record<string, string>
    >
  }

  /** What was asked since the last call, by service; callees have names instead of ports. */
  async take({ ports }: System, path: '/' | '/stop' = '/'): Promise<Map<Service, Asked[]>> {
    const named = (what: string) => {
      const port = Number(/127\.0\.0\.1:(\d+)$/.exec(what)?.[1])
      const callee = serviceNames.find((name) => ports[name].http === port)
      return callee ? what.replace(/\S+$/, callee) : what
    }
    const taken = await Promise.all(
      serviceNames.map(async (service) => {
        const asked = await this.ask(service, path)
        return [service, asked.map(({ what, ...rest }) => ({ what: named(what), ...rest }))] as const
      }),
    )
    return new Map(taken)
  }

  private socketOf(name: Service): string {
    return join(this.folder, `${name}.socket`)
  }

  private async ask(service: Service, path: string): Promise<Asked[]> {
    const client = new Client('http://recording', { socketPath: this.socketOf(service) })
    const { body } = await client.request({ method: 'POST', path })
    const asked = (await body.json()) as Asked[]
    await client.close()
    return asked
  }
}
