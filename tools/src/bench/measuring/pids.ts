import type { Stack } from '../../environment/servers/stack.js'
import { serviceNames } from '../../environment/system/services.js'
import type { System } from '../../environment/system/system.js'
import type { Pids } from './process-figures.js'

export const pidsOf = ({ services }: System, { servers }: Stack): Pids => ({
  ...Object.fromEntries(serviceNames.map((name) => [name, services[name].pid])),
  mongod: servers.mongodb?.pid,
  kafka: servers.kafka?.pid,
  s3: servers.s3?.pid,
})
