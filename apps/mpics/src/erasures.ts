import { Argument, type Command } from 'commander'
import { print, printOne } from './output.js'
import { reachOptions, type ReachOptions, reachService } from './reach-service.js'
import { KEEPERS } from './services.js'

const COLUMNS = ['id', 'cause', 'begunAt', 'finishedAt', 'waitsFor', 'lastMail']
const DETAILS = [...COLUMNS, 'parts', 'acts', 'receipt']

type Options = ReachOptions & { open?: boolean }

interface Listed {
  items: object[]
  nextCursor: string | null
}

/** Erasures of accounts; nothing here leads to a person. */
export function fill(all: Command): void {
  reachOptions(all.command('list'))
    .description('the latest first, without anything that leads to a person')
    .option('--open', 'only those that a service has not finished', false)
    .action(async (options: Options, self: Command) => {
      print(await listed(options, self), { json: options.json, columns: COLUMNS })
    })
  reachOptions(all.command('show').addArgument(new Argument('<erasure>', 'its id')))
    .description('one of them, with its parts and its receipt')
    .action(async (erasureId: string, options: Options, self: Command) => {
      const identity = await reachService('identity', options, self)
      const found = await identity.order('show-erasure', { erasureId })
      printOne(found as object, { json: options.json, columns: DETAILS })
    })
  reachOptions(all.command('replay').argument('[service]', 'one service; all unless given'))
    .description(
      'erases again whomever Kafka still names as erased: for a database that came back by other means than `restore`',
    )
    .action(async (service: string | undefined, options: Options, self: Command) => {
      if (!service && options.url) self.error('error: --url goes with a service')
      const asked: string[] = service ? [service] : KEEPERS
      const replayed = await Promise.all(asked.map((name) => replay(name, options, self)))
      print(replayed, { json: options.json, columns: ['service', 'accounts', 'documents', 'objects'] })
    })
  reachOptions(all.command('again').addArgument(new Argument('<account>', 'its id')))
    .description('erases one account in every service again, where Kafka was lost as well; no mail is sent')
    .action(async (accountId: string, { url: _, ...options }: Options, self: Command) => {
      const erased = await Promise.all(KEEPERS.map((name) => again(name, accountId, options, self)))
      print(erased, { json: options.json, columns: ['service', 'documents', 'objects'] })
    })
}

/** A service answers within seconds how far it is; ordered again, it goes on. */
async function again(service: string, accountId: string, options: Options, self: Command): Promise<object> {
  const operations = await reachService(service, options, self)
  for (;;) {
    const { finished, ...sums } = (await operations.order('erase-again', { accountId })) as { finished: boolean }
    if (finished) return { service, ...sums }
  }
}

async function replay(service: string, options: Options, self: Command): Promise<object> {
  const operations = await reachService(service, options, self)
  for (let begin = true; ; begin = false) {
    const { finished, ...sums } = (await operations.order('replay-erasures', { begin })) as { finished: boolean }
    if (finished) return { service, ...sums }
  }
}

async function listed(options: Options, self: Command): Promise<object[]> {
  const identity = await reachService('identity', options, self)
  const found: object[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const order = { open: options.open, limit: 200, ...(cursor && { cursor }) }
    const page = (await identity.order('list-erasures', order)) as Listed
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}
