import type { Command } from 'commander'
import { EXIT } from './command.js'
import { print } from './output.js'
import { reachOptions, type ReachOptions, reachService } from './reach-service.js'
import type { ServiceOperations } from './service-operations.js'

interface Checked {
  checked: number
  broken: string[]
  next: string | null
}

interface Finding {
  what: string
  checked: number
  broken: string[]
}

const PARTS = [
  { what: 'ledgers', order: 'verify-ledgers', body: { of: 'people' } },
  { what: 'erased ledgers', order: 'verify-ledgers', body: { of: 'erased' } },
  { what: 'roots', order: 'verify-roots', body: {} },
]

/** What happened to people, chained and signed. */
export function fill(all: Command): void {
  reachOptions(all.command('verify'))
    .description(
      'checks each ledger and each root; what an erased person’s ledger said may be missing, and nothing else',
    )
    .action(async (options: ReachOptions, self: Command) => {
      const identity = await reachService('identity', options, self)
      const findings: Finding[] = []
      for (const part of PARTS) findings.push(await checked(identity, part))
      print(findings, { json: options.json, columns: ['what', 'checked', 'broken'] })
      if (findings.some(({ broken }) => broken.length > 0)) process.exitCode = EXIT.failed
    })
}

/** Goes through all of one kind, batch by batch. */
async function checked(identity: ServiceOperations, { what, order, body }: (typeof PARTS)[number]): Promise<Finding> {
  const finding: Finding = { what, checked: 0, broken: [] }
  for (let after: string | null | undefined; after !== null;) {
    const found = (await identity.order(order, { ...body, after: after ?? null })) as Checked
    finding.checked += found.checked
    finding.broken.push(...found.broken)
    after = found.next
  }
  return finding
}
