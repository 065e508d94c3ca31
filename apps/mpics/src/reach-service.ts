import type { Command } from 'commander'
import { JSON_OPTION } from './command.js'
import { operatorKey } from './operator-key.js'
import { operationsUrl, ServiceOperations } from './service-operations.js'
import { KEEPERS } from './services.js'

export interface ReachOptions {
  url?: string
  keyFile?: string
  json: boolean
}

export const reachOptions = (to: Command): Command =>
  to
    .option(
      '--url <url>',
      'operators’ port of the service; where npm start puts it, or <SERVICE>_OPS_URL, unless given',
    )
    .option('--key-file <file>', 'your private key (JWK); MPICS_OPERATOR_KEY, or that of npm start, unless given')
    .option(...JSON_OPTION)

export async function reachService(
  name: string,
  { url, keyFile }: ReachOptions,
  self: Command,
): Promise<ServiceOperations> {
  const service = KEEPERS.find((keeper) => keeper === name)
  if (!service) return self.error(`error: ${name} is none of ${KEEPERS.join(', ')}`)
  return new ServiceOperations(service, operationsUrl(service, url), await operatorKey(keyFile))
}
