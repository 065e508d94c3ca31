import { createPrivateKey } from 'node:crypto'
import type { z } from 'zod'

export interface Dkim {
  domainName: string
  keySelector: string
  privateKey: string
}

/** Reads `domain:selector:PEM`; line breaks of the key may be written as \n. */
export function dkimOf(text: string | undefined, context: z.RefinementCtx): Dkim | undefined {
  if (text === undefined) return undefined
  const [, domainName, keySelector, pem] = /^([^:\s]+):([^:\s]+):(.+)$/s.exec(text) ?? []
  const privateKey = pem?.replaceAll('\\n', '\n')
  if (domainName && keySelector && privateKey && isPrivateKey(privateKey))
    return { domainName, keySelector, privateKey }
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
