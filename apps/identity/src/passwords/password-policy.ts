import { DomainError, type InputIssue } from '@mpics/contracts'
import { isCommon } from './common-passwords.js'

/** The policy demands length, and no kinds of characters (NIST SP 800-63B-4 §3.1.1.2, OWASP ASVS 5.0.0 6.2.1 and 6.2.5). */
const MIN_LENGTH = 12
/** The least number of characters that remain without the owner's handle and address. */
const MIN_OWN_LENGTH = 8
/** Attackers try the words of a site first (OWASP ASVS 5.0.0, 6.2.11). */
const OF_THIS_SITE = ['millionpictures', '1mpics', 'mpics']

class PasswordRefusedError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  override readonly errors: InputIssue[]
  constructor(path: string, reason: PasswordRefusal) {
    super('This password cannot be used; choose another one.')
    this.errors = [{ path, code: reason, message: MESSAGES[reason] }]
  }
}

export type PasswordRefusal = 'too-short' | 'too-common' | 'like-account'

const MESSAGES: Record<PasswordRefusal, string> = {
  'too-short': `Use at least ${MIN_LENGTH} characters.`,
  'too-common': 'Many people use this password, or one that is almost the same, so it is guessed first.',
  'like-account': 'It is too much like your handle or address.',
}

export interface PasswordOwner {
  handle: string
  email: string
}

/** Returns why a password is refused, or undefined for a good one. */
export function passwordRefusal(password: string, owner: PasswordOwner): PasswordRefusal | undefined {
  const text = password.normalize('NFKC').toLowerCase()
  if ([...text].length < MIN_LENGTH) return 'too-short'
  if (isCommon(text) || new Set(text).size < 4) return 'too-common'
  if (!hasOwnPart(text, owner)) return 'like-account'
  return undefined
}

/** `field` is the path of the password in the input. */
export function requireGoodPassword(password: string, owner: PasswordOwner, field: string): void {
  const refusal = passwordRefusal(password, owner)
  if (refusal) throw new PasswordRefusedError(field, refusal)
}

function hasOwnPart(text: string, { handle, email }: PasswordOwner): boolean {
  const known = [email, email.slice(0, email.lastIndexOf('@')), handle, ...OF_THIS_SITE].map((word) =>
    word.toLowerCase(),
  )
  const own = known.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return [...own].length >= MIN_OWN_LENGTH
}
