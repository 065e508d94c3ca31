import type { Decision } from '@mpics/contracts'
import { AggregateStore, Outbox, type StoredState } from '@mpics/eventing'
import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import { type DocumentName, documentNames, newPolicy, type Policy, type PolicyVersion } from './policy.js'
import { PolicyNotFoundError } from './policy.errors.js'

const text = { type: String, required: true }
const time = { type: Date, required: true }
const version = {
  version: text,
  effectiveAt: time,
  publishedAt: time,
  text,
  summary: text,
  /** Transitions alone make it. */
  translations: { type: Object, required: true },
}
const schema = { versions: [new Schema(version, { _id: false, minimize: false })] }

const open = about.open('administration')

/** Gives every field that was added later its default. */
const complete = ({ id, versions = [] }: StoredState<Policy>): Policy => ({
  id,
  versions: versions.map((stored) => ({ ...versionDefaults, ...stored })),
})

const versionDefaults = { summary: '', translations: {} }

export interface PublishedVersions {
  _id: DocumentName
  versions: Pick<PolicyVersion, 'version' | 'effectiveAt' | 'publishedAt'>[]
}

@Injectable()
export class PolicyRepository {
  private readonly store: AggregateStore<Policy>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    this.store = new AggregateStore<Policy>(connection, { collection: 'policies', schema, outbox, complete })
    personalData.register({
      store: { collection: 'policies' },
      impersonal: 'holds the published documents of the site',
      ...keptForEver,
      fields: {
        _id: open,
        versions: {
          ...{ version: open, effectiveAt: open, publishedAt: open, text: open, summary: open },
          translations: { '*': { text: open, summary: open } },
        },
      },
    })
  }

  async find(document: DocumentName): Promise<Policy> {
    return (await this.store.find(document)) ?? newPolicy(document)
  }

  findMany(documents: readonly DocumentName[]): Promise<Policy[]> {
    return this.store.findMany(documents)
  }

  /** Which versions there are, without their texts. */
  async findVersions(): Promise<PublishedVersions[]> {
    const dates = { 'versions.version': 1, 'versions.effectiveAt': 1, 'versions.publishedAt': 1 } as const
    return this.store.model.find({ _id: { $in: documentNames } } as never, dates).lean<PublishedVersions[]>()
  }

  /** Changes the document, or creates it; several replicas may do this at once. */
  change(document: DocumentName, transition: (policy: Policy) => Decision<Policy>): Promise<Policy> {
    return this.store.changeOrBegin(newPolicy(document), transition, () => new PolicyNotFoundError())
  }
}
