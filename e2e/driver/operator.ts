import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closeMongo, connectMongo } from '@mpics/mongo'
import type { StackAddresses } from '@mpics/tools/environment/servers/stack'
import { databaseUri } from '@mpics/tools/environment/system/environment'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Running } from './system.js'

/** Gives orders to identity as `mpics` does. */
export class Operator {
  constructor(private readonly running: Running) {}

  async order(name: string, body: object): Promise<void> {
    await this.ask(name, { why: 'to try it', ...body })
  }

  async ask(name: string, body: object): Promise<object> {
    const { ports } = this.running.system
    const headers = { authorization: `Bearer ${await this.token()}` }
    const url = `http://127.0.0.1:${ports.identity.ops}/orders/${name}`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${name} was answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as object
  }

  /** As if the account had confirmed an authenticator in its sessions, without which nobody is of the staff. */
  async giveFactor(accountId: string): Promise<void> {
    const { stack, prefix } = this.running.system
    const connection = await connectMongo(identityOf(stack, prefix))
    const factors = { totp: { secret: '', confirmedAt: new Date(), lastStep: 0 }, recoveryCodes: [], passkeys: [] }
    await connection.collection<{ _id: string }>('accounts').updateOne({ _id: accountId }, { $set: { factors } })
    await connection.collection('sessions').updateMany({ accountId }, { $set: { factorProvedAt: new Date() } })
    await closeMongo(connection)
  }

  /** As if nobody had objected to its lock in time, and five minutes had passed. */
  async passLock(accountId: string): Promise<void> {
    const { stack, prefix } = this.running.system
    const connection = await connectMongo(identityOf(stack, prefix))
    const due = { 'lock.dueAt': new Date(Date.now() - 10 * 60_000) }
    const locked = { _id: accountId, lock: { $ne: null } }
    await connection.collection<{ _id: string }>('accounts').updateOne(locked, { $set: due })
    await closeMongo(connection)
  }

  /** As if the right to send a last mail had ended, which a sender that died still has. */
  async passLastMails(): Promise<void> {
    const { stack, prefix } = this.running.system
    const connection = await connectMongo(identityOf(stack, prefix))
    const due = { $set: { 'mail.dueAt': new Date(Date.now() - 1_000) } }
    await connection.collection('erasures').updateMany({ mail: { $ne: null } }, due)
    await closeMongo(connection)
  }

  private async token(): Promise<string> {
    const file = await readFile(join(this.running.folder, 'keys/secrets.json'), 'utf8')
    const { operator } = JSON.parse(file) as { operator: JWK }
    return new SignJWT({ aud: 'identity' })
      .setProtectedHeader({ alg: 'ES256', typ: 'ops+jwt', kid: operator.kid })
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(await importJWK(operator, 'ES256'))
  }
}

const identityOf = ({ mongodbUri }: StackAddresses, prefix: string): string =>
  databaseUri(mongodbUri, `${prefix}identity`.replace(/[^A-Za-z0-9_-]/g, '_'))
