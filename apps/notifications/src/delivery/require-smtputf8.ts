import SMTPConnection, { type Envelope } from 'nodemailer/lib/smtp-connection'
import { SmtpUtf8MissingError } from './smtp-outcome.js'

type Refuse = (error: Error) => void
type Connection = SMTPConnection & { readonly _supportedExtensions?: readonly string[] }

const needsUtf8 = ({ from, to }: Envelope) => /\P{ASCII}/u.test(JSON.stringify([from, to]))

// nodemailer sends such addresses to any server; RFC 6531 §3.2 forbids it where the server does not offer SMTPUTF8
const send: SMTPConnection['send'] = Reflect.get(SMTPConnection.prototype, 'send')
SMTPConnection.prototype.send = function (this: Connection, envelope, message, done): void {
  const isOffered = this._supportedExtensions?.includes('SMTPUTF8') ?? true
  if (needsUtf8(envelope) && !isOffered) return (done as Refuse)(new SmtpUtf8MissingError())
  send.call(this, envelope, message, done)
}
