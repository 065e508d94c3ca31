import type { Command } from 'commander'
import { print, printOne } from './output.js'
import { reachOptions, type ReachOptions, reachService } from './reach-service.js'

const COLUMNS = ['id', 'openedAt', 'lastSeenAt', 'sharedComputer']

type Options = ReachOptions & { personal?: boolean; all?: boolean }

/** Where a member is logged in. */
export function fill(all: Command): void {
  reachOptions(all.command('list').argument('<account>', 'its handle, or its id'))
    .description('those that last, without what is personal')
    .option('--personal', 'also device and country', false)
    .action(async (account: string, options: Options, self: Command) => {
      const identity = await reachService('identity', options, self)
      const found = await identity.order('list-sessions', { account, personal: options.personal })
      const columns = [...COLUMNS, ...(options.personal ? ['device', 'place'] : [])]
      print((found as { items: object[] }).items, { json: options.json, columns })
    })
  reachOptions(all.command('end').argument('<account>', 'its handle, or its id').argument('[session]', 'one of them'))
    .description('ends one session, or all; within two seconds no call takes a token of it any more')
    .option('--all', 'all of the account', false)
    .action(async (account: string, sessionId: string | undefined, options: Options, self: Command) => {
      if ((sessionId === undefined) !== options.all) self.error('error: name a session, or use --all')
      const identity = await reachService('identity', options, self)
      const ended = await identity.order('end-sessions', { account, sessionId: sessionId ?? null })
      printOne(ended as object, { json: options.json, columns: ['ended'] })
    })
}
