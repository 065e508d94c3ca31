import { addAnalyst, type AnalystAccount, listAnalysts, removeAnalyst } from '@mpics/eventing'
import type { Command } from 'commander'
import { JSON_OPTION } from './command.js'
import { accessOptions, reach } from './kafka-access.js'
import { print, printOne } from './output.js'

const NAME = 'small letters, digits and hyphens; the account is called analyst-<name>'
const COLUMNS = ['account', 'groups', 'topics', 'mayLogIn']

/** Analysts with an account of their own. */
export function fill(all: Command): void {
  const command = accessOptions(all)
  command
    .command('add')
    .argument('<name>', NAME)
    .description('gives an account that reads the public topics and nothing else; shows its password, once')
    .option('--renew', 'another password for an account that is there', false)
    .option(...JSON_OPTION)
    .action(async (name: string, { renew, json }: { renew: boolean; json: boolean }, self: Command) => {
      const added = await addAnalyst(await reach(self), name, { renew })
      if (json) console.log(JSON.stringify(added, null, 2))
      else console.log(clientFile(added))
    })
  command
    .command('list')
    .description('who there is')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json: boolean }, self: Command) =>
      print(await listAnalysts(await reach(self)), { json, columns: COLUMNS }),
    )
  command
    .command('remove')
    .argument('<name>', NAME)
    .description('takes the log-in and every right away; who is connected reads no more, either')
    .option(...JSON_OPTION)
    .action(async (name: string, { json }: { json: boolean }, self: Command) => {
      await removeAnalyst(await reach(self), name)
      printOne({ removed: `analyst-${name}` }, { json, columns: ['removed'] })
    })
}

/** As clients on librdkafka read it, kcat and Python's among them. */
const clientFile = ({ account, password, topics, groups }: AnalystAccount & { password: string }): string =>
  [
    `# topics: ${topics.join(', ')}`,
    `# a consumer group must begin with ${groups}`,
    'security.protocol=sasl_ssl',
    'sasl.mechanisms=SCRAM-SHA-512',
    `sasl.username=${account}`,
    `sasl.password=${password}`,
  ].join('\n')
