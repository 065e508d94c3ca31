import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { nodeProgram, root } from '../../src/environment/root.js'
import { configuredAddresses } from '../../src/environment/servers/addresses.js'
import { serviceEnvironment, type SystemAddresses } from '../../src/environment/system/environment.js'
import { SecretStore } from '../../src/environment/system/secrets.js'
import { serviceVariables } from '../../src/environment/system/service-variables.js'
import { type Ports, type Service, usualPorts } from '../../src/environment/system/services.js'
import { eventually } from '@mpics/testing/eventually'

/** The built notifications service as a process of its own, which can be killed and started again. */
export class NotificationsProcess {
  private child?: ChildProcess

  private constructor(
    private readonly ports: Ports,
    readonly environment: Record<string, string>,
  ) {}

  static async prepare(folder: string, prefix: string, ports: Ports): Promise<NotificationsProcess> {
    const secrets = await SecretStore.open(join(folder, 'keys'))
    const all: Record<Service, Ports> = { ...usualPorts, notifications: ports }
    const stack = configuredAddresses(process.env)
    const addresses: SystemAddresses = { stack, ports: all, prefix, publicUrl: 'http://localhost:8080' }
    const { notifications: variables } = await serviceVariables()
    const environment = serviceEnvironment('notifications', variables, addresses, secrets)
    await secrets.save()
    return new NotificationsProcess(ports, environment)
  }

  async start(fault: Record<string, string> = {}): Promise<void> {
    this.child = spawn(nodeProgram(), [join(root, 'apps/notifications/dist/main.js')], {
      env: { PATH: process.env['PATH'], ...this.environment, ...fault },
      cwd: root,
      stdio: 'ignore',
    })
    await eventually('notifications to be ready', async () => {
      const response = await fetch(`http://127.0.0.1:${this.ports.ops}/readyz`).catch(() => undefined)
      return response?.ok
    })
  }

  async kill(): Promise<void> {
    this.child?.kill('SIGKILL')
    await this.ended()
  }

  async ended(): Promise<void> {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
  }
}
