import { createHash } from 'node:crypto'
import { aboutsOf, type Decision, identity } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate, type StoredState } from '@mpics/eventing'
import { about, Connection, keptUntil, ownedDocuments, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import { noTokens, type ProgramToken, type ProgramTokens } from './program-token.js'
import { TokenNotFoundError } from './program-token.errors.js'

const text = { type: String, required: true }
const time = { type: Date, required: true }
const token = {
  id: text,
  name: text,
  scopes: { type: [String], required: true },
  hash: text,
  createdAt: time,
  expiresAt: time,
  lastUsedAt: { type: Date, default: null },
  passwordChangedAt: time,
}
const schema = { tokens: [new Schema(token, { _id: false, id: false })] }

const indexes: AggregateIndex[] = [
  { name: 'secret', keys: { 'tokens.hash': 1 }, sparse: true },
  { name: 'token', keys: { 'tokens.id': 1 }, sparse: true },
]

const technical = about.technical('security')
const tokens = {
  id: about.identifier('security'),
  ...aboutsOf(identity.createProgramToken.body!),
  hash: about.secret('security', 'SHA-256 of the token'),
  createdAt: technical,
  lastUsedAt: technical,
  passwordChangedAt: technical,
}

const complete = ({ id, tokens = [] }: StoredState<ProgramTokens>): ProgramTokens => ({ id, tokens })

const exportedToken = ({ hash: _, passwordChangedAt: _of, ...shown }: ProgramToken) => shown

/** The secret has 190 random bits, so that a fast hash keeps it (OWASP ASVS 5.0.0, 11.4.1). */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

@Injectable()
export class ProgramTokenRepository {
  private readonly store: AggregateStore<ProgramTokens>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    const collection = 'program_tokens'
    this.store = new AggregateStore<ProgramTokens>(connection, { collection, schema, indexes, outbox, complete })
    personalData.register(
      ownedDocuments(this.store.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'security',
        ...keptUntil('the token or the account ends'),
        fields: { _id: about.identifier('security'), tokens },
        owners: ['_id'],
        exported: ({ tokens }) => ({ tokens: (tokens as ProgramToken[]).map(exportedToken) }),
      }),
    )
  }

  async of(accountId: string): Promise<ProgramTokens> {
    return (await this.store.find(accountId)) ?? noTokens(accountId)
  }

  findBySecret(secret: string): Promise<ProgramTokens | null> {
    return this.findBy({ 'tokens.hash': hashOf(secret) })
  }

  async findByIds(ids: readonly string[]): Promise<ProgramTokens[]> {
    const found = await this.store.model.find({ 'tokens.id': { $in: ids } }).lean<StoredAggregate<ProgramTokens>[]>()
    return found.map((document) => this.store.stateOf(document))
  }

  /** Parallel changes come one after the other, also those of an account without tokens. */
  change(accountId: string, transition: (tokens: ProgramTokens) => Decision<ProgramTokens>): Promise<ProgramTokens> {
    return this.store.changeOrBegin(noTokens(accountId), transition, () => new TokenNotFoundError())
  }

  private async findBy(filter: object): Promise<ProgramTokens | null> {
    const found = await this.store.model.findOne(filter).lean<StoredAggregate<ProgramTokens>>()
    return found && this.store.stateOf(found)
  }
}
