import { join } from 'node:path'
import type { Stack } from '../environment/servers/stack.js'
import type { System } from '../environment/system/system.js'
import { serviceNames } from '../environment/system/services.js'

/** The text for the person who has started it. */
export function screen({ gatewayUrl, ports }: System, { addresses }: Stack, folder: string, seconds: number): string {
  const ops = serviceNames.map((name) => `${name} ${ports[name].ops}`).join(', ')
  const rows = [
    ['site', gatewayUrl],
    ['API', `${gatewayUrl}/docs`],
    ['mail', addresses.mailApi ?? addresses.smtpUrl],
    ['Kafka', addresses.kafkaBrokers],
    ['operators', `http://127.0.0.1:${ports.gateway.ops}/metrics (${ops})`],
    ['logs', join(folder, 'logs')],
  ].map(([label, value]) => `  ${label!.padEnd(10)} ${value}`)
  return [
    `\nMillion Pictures is up after ${seconds.toFixed(0)} s.\n`,
    ...rows,
    '\nNext, in another terminal: npm run tour. Ctrl-C here stops everything; the data stay (npm start -- --fresh empties them).',
  ].join('\n')
}
