import type { Command } from 'commander'
import { command } from './command.js'

interface Listed {
  about: string
  load: () => Promise<{ fill: (command: Command) => void }>
}

/** The whole command line. What a command needs is loaded when it is called for. */
const COMMANDS: Readonly<Record<string, Listed>> = {
  accounts: {
    about: 'accounts of members: their state, their roles, their locks',
    load: () => import('./accounts.js'),
  },
  sessions: { about: 'sessions of a member', load: () => import('./sessions.js') },
  erasures: {
    about: 'erasures of accounts: how far they are, and what they erased',
    load: () => import('./erasures.js'),
  },
  ledger: { about: 'ledgers of members, and the daily roots over them', load: () => import('./ledger.js') },
  'dead-letters': { about: 'events that a reaction gave up', load: () => import('./dead-letters.js') },
  projections: { about: 'copies that services keep of what others own', load: () => import('./projections.js') },
  retention: {
    about: 'removes what is too old, and shows what each service keeps, how long it may, and what is older',
    load: () => import('./retention.js'),
  },
  backup: {
    about:
      'copies the databases (<SERVICE>_MONGODB_URI) and the photos (MEDIA_S3_…) while the services go on; it is whole once it ended',
    load: () => import('./backup/backup-command.js'),
  },
  backups: { about: 'backups that exist', load: () => import('./backup/backups-command.js') },
  restore: {
    about:
      'verifies a backup, and writes it into the databases and the bucket of the environment while no service runs. Services that start on it hear again from Kafka what people ended since, and send no mail of before',
    load: () => import('./backup/restore-command.js'),
  },
  topics: { about: 'topics of the catalogue', load: () => import('./topics.js') },
  rights: { about: 'who may read and write what on the bus', load: () => import('./rights.js') },
  analysts: { about: 'people who read the public topics with tools of their own', load: () => import('./analysts.js') },
  keys: { about: 'secrets and key sets of the services; asks no server', load: () => import('./keys.js') },
}

/** Of each command only the name, until a call names it; with `whole`, all of each. */
export async function mpics({ whole = false } = {}): Promise<Command> {
  const all = command('mpics').description(
    'Million Pictures for operators. Exit codes: 0 done, 1 differences or failure, 2 wrong usage.',
  )
  for (const [name, { about }] of Object.entries(COMMANDS)) all.addCommand(command(name).description(about))
  if (whole) for (const named of all.commands) await fill(named)
  return all.hook('preSubcommand', (_, named) => fill(named))
}

async function fill(named: Command): Promise<void> {
  const loaded = await COMMANDS[named.name()]!.load()
  loaded.fill(named)
}
