import type { Command } from 'commander'
import { accountsCommand } from './accounts.js'
import { analystsCommand } from './analysts.js'
import { backupCommand } from './backup/backup-command.js'
import { backupsCommand } from './backup/backups-command.js'
import { restoreCommand } from './backup/restore-command.js'
import { command } from './command.js'
import { deadLettersCommand } from './dead-letters.js'
import { erasuresCommand } from './erasures.js'
import { keysCommand } from './keys.js'
import { ledgerCommand } from './ledger.js'
import { projectionsCommand } from './projections.js'
import { retentionCommand } from './retention.js'
import { rightsCommand } from './rights.js'
import { sessionsCommand } from './sessions.js'
import { topicsCommand } from './topics.js'

/** The whole command line. */
export const mpics = (): Command =>
  command('mpics')
    .description('Million Pictures for operators. Exit codes: 0 done, 1 differences or failure, 2 wrong usage.')
    .addCommand(accountsCommand())
    .addCommand(sessionsCommand())
    .addCommand(erasuresCommand())
    .addCommand(ledgerCommand())
    .addCommand(deadLettersCommand())
    .addCommand(projectionsCommand())
    .addCommand(retentionCommand())
    .addCommand(backupCommand())
    .addCommand(backupsCommand())
    .addCommand(restoreCommand())
    .addCommand(topicsCommand())
    .addCommand(rightsCommand())
    .addCommand(analystsCommand())
    .addCommand(keysCommand())
