import { createPrivateKey } from 'node:crypto'
import type { z } from 'zod'

export interface Dkim {
  domainName: string
  keySelector: string
  privateKey: string
  headerFieldNames: string
}

/** Those that RFC 6376 §5.4.1 names and we send, and those of a one-click unsubscription (RFC 8058 §4). */
const SIGNED = [
  ...['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'],
  ...['Content-Language', 'Auto-Submitted', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post'],
]

/** Reads `domain:selector:PEM`; line breaks of the key may be written as \n. */
export function dkimOf(text: string | undefined, context: z.RefinementCtx): Dkim | undefined {
  if (text === undefined) return undefined
  const [, domainName, keySelector, pem] = /^([^:\s]+):([^:\s]+):(.+)$/s.exec(text) ?? []
  const privateKey = pem?.replaceAll('\\n', '\n')
  if (domainName && keySelector && privateKey && isPrivateKey(privateKey))
    return { domainName, keySelector, privateKey, headerFieldNames: SIGNED.join(':') }
  context.addIssue({ code: 'custom', message: 'expected domain:selector:private key in PEM form' })
  return undefined
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem)
    return true
  } catch {
    return false
  }
}
