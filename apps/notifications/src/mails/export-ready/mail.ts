import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

/** The file is kept for so long. */
const RETENTION_MS = 7 * DAY_MS

export const mail = defineMail({
  kind: 'export-ready',
  category: 'system',
  on: identity.exportCompleted,
  to: ({ accountId }) => accountId,
  parameters: ({ time }) => ({ at: new Date(Date.parse(time) + RETENTION_MS).toISOString() }),
  write: aboutAccount,
})
