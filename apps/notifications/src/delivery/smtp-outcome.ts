/**
 * `refused`: this mail will never be taken (SMTP 5yz, RFC 5321 §4.2.1); `addressFailing` when it is for the address itself.
 * `failed`: another attempt may succeed.
 */
export type Outcome =
  | { kind: 'accepted' }
  | { kind: 'refused'; reason: string; addressFailing: boolean }
  | { kind: 'failed'; reason: string }

/** The part of nodemailer's errors that this file reads. */
export interface SmtpError {
  code?: string
  /** The command that was refused. */
  command?: string
  responseCode?: number
  response?: string
}

/** The server takes no addresses beyond ASCII (RFC 6531 §3.5, code 5.6.7); the connection is as good as before. */
export class SmtpUtf8MissingError extends Error {
  readonly code = 'EENVELOPE'
  readonly command = 'RCPT TO'
  constructor() {
    super('the mail server does not offer SMTPUTF8')
  }
}

/** A refusal that is about this mail and not about our connection, our log-in or our sender address. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA']

/** Names codes and never what the server said: replies repeat the address. */
export function outcomeOf(error: SmtpError): Outcome {
  if (error instanceof SmtpUtf8MissingError)
    return { kind: 'refused', reason: 'smtputf8-unsupported', addressFailing: true }
  const { responseCode, command } = error
  if (responseCode === undefined)
    return { kind: 'failed', reason: `smtp-${(error.code ?? 'unreachable').toLowerCase()}` }
  const reason = `smtp-${responseCode}`
  // 503: our commands came in the wrong order; another connection may do
  const forGood = responseCode >= 500 && responseCode !== 503 && ABOUT_THE_MAIL.includes(command ?? '')
  return forGood ? { kind: 'refused', reason, addressFailing: saysNoSuchMailbox(error) } : { kind: 'failed', reason }
}

/** RFC 3463 §3.2, §3.3: X.1.z is about the address, X.2.1 a disabled mailbox; X.7.z is policy. Without such a code RFC 5321 §4.2.3. */
function saysNoSuchMailbox({ command, responseCode, response }: SmtpError): boolean {
  const enhanced = /^\d{3}[ -]5\.(\d{1,3})\.(\d{1,3})/.exec(response ?? '')
  if (enhanced) return enhanced[1] === '1' || (enhanced[1] === '2' && enhanced[2] === '1')
  return command === 'RCPT TO' && [550, 551, 553].includes(responseCode ?? 0)
}
