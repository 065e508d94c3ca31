import { decide, type Decision, profiles, unchanged } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate } from '@mpics/eventing'
import {
  Connection,
  ownedDocuments,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
  readFew,
  readOne,
  untilErased,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema, type SchemaDefinition } from 'mongoose'
import { ProfileNotFoundError } from './profile.errors.js'
import type { Profile } from './profile.js'
import { storedProfileFields } from './profile-fields.js'
import { publicPlace, searchTerms } from './search-terms.js'
import { type CardSource, showMyProfile } from './shown-profile.js'
import type { Standing } from '@mpics/rights'
import { completeAudiences, completeProfile, keyOf, type StoredProfile } from './stored-profile.js'

const COLLECTION = 'profiles'

type ProfileDocument = StoredAggregate<StoredProfile>

const text = { type: String, required: true }
const optionalText = { type: String, default: null }

function formOf(name: profiles.ProfileField) {
  const { empty, parts } = profiles.profileFields[name]
  if (empty === null) return optionalText
  if (!parts) return [String]
  return [new Schema(Object.fromEntries(parts.map((part) => [part, text])), { _id: false, id: false })]
}

const schema: SchemaDefinition = {
  handle: text,
  handleKey: text,
  ...profiles.forEachField(formOf),
  visibility: profiles.forEachField(() => text),
  createdAt: { type: Date, required: true },
  terms: [String],
  place: optionalText,
  standing: Schema.Types.Mixed,
  tally: Schema.Types.Mixed,
}

const indexes: AggregateIndex[] = [
  { name: 'handle', keys: { handleKey: 1 }, unique: true },
  { name: 'search', keys: { terms: 1, _id: -1 } },
  { name: 'place', keys: { place: 1, _id: -1 } },
]

/** Beside the versioned state; absent where others always could see the profile. */
export const SHOWN = { 'standing.hidden': { $ne: true } } as const
/** Ids are UUIDv7: the newest have the highest. */
const NEWEST_FIRST = { _id: -1 } as const
const CARD = { handle: 1, fullName: 1, visibility: 1 } as const
/** Sorts after every text that begins with the same characters. */
const LAST = '\u{10ffff}'

const stored = (decision: Decision<Profile>): Decision<StoredProfile> => {
  const { state } = decision
  const found = { handleKey: keyOf(state.handle), terms: searchTerms(state), place: publicPlace(state) }
  return { ...decision, state: { ...state, ...found } }
}

const derivedAnew = (profile: StoredProfile): Decision<StoredProfile> => {
  const fresh = stored(decide<Profile>(profile))
  const foundBy = ({ terms, place }: StoredProfile) => JSON.stringify([terms, place])
  return foundBy(fresh.state) === foundBy(profile) ? unchanged(profile) : fresh
}

const beginsWith = (term: string) => ({ terms: { $elemMatch: { $gte: term, $lt: term + LAST } } })

@Injectable()
export class ProfileRepository {
  private readonly store: AggregateStore<StoredProfile>

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
  ) {
    this.store = new AggregateStore<StoredProfile>(connection, {
      collection: COLLECTION,
      schema,
      indexes,
      outbox,
      complete: completeProfile,
    })
    personalData.register(
      ownedDocuments(this.store.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'profile',
        ...untilErased,
        fields: storedProfileFields,
        shownTo: 'chosen',
        owners: ['_id'],
        exported: (document) => exported(this.store.stateOf(document as never)),
      }),
    )
  }

  find(id: string): Promise<Profile | null> {
    return this.store.find(id)
  }

  /** A profile with a later mark keeps it, unless it is marked `anew`. */
  async mark(id: string, standing: Standing, anew = false): Promise<void> {
    const older = [{ 'standing.sequence': { $lt: standing.sequence } }, { standing: { $exists: false } }]
    const filter = { _id: id, ...(!anew && { $or: older }) }
    await this.store.model.collection.updateOne(filter as never, { $set: { standing } })
  }

  async hiddenAmong(ids: readonly string[]): Promise<string[]> {
    const marked = { _id: { $in: [...ids] }, 'standing.hidden': true }
    const found = await this.store.model.collection.find(marked as never, { projection: { _id: 1 } }).toArray()
    return found.map(({ _id }) => String(_id))
  }

  /** Whoever is hidden has no handle for others. */
  async idOf(handle: string): Promise<string> {
    const wanted = {
      collection: COLLECTION,
      filter: { handleKey: keyOf(handle), ...SHOWN },
      projection: { _id: 1 },
    } as const
    const found = await readOne<{ _id: string }>(this.connection.db!, wanted)
    if (!found) throw new ProfileNotFoundError()
    return found._id
  }

  async exists(id: string): Promise<boolean> {
    return (await this.store.model.exists({ _id: id, ...SHOWN } as never)) !== null
  }

  async shownAmong(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const found = this.store.model.collection.find({ _id: { $in: [...ids] }, ...SHOWN } as never, {
      projection: { _id: 1 },
    })
    return (await found.toArray()).map(({ _id }) => String(_id))
  }

  /** By these handles, without those that nobody has. */
  async idsOf(handles: readonly string[]): Promise<Map<string, string>> {
    if (handles.length === 0) return new Map()
    const asked = { handleKey: { $in: handles.map(keyOf) }, ...SHOWN }
    const found = this.store.model.collection.find(asked, { projection: { handleKey: 1 } })
    const ids = new Map((await found.toArray()).map(({ _id, handleKey }) => [handleKey as string, String(_id)]))
    return new Map(handles.flatMap((handle) => (ids.has(keyOf(handle)) ? [[handle, ids.get(keyOf(handle))!]] : [])))
  }

  async missingAmong(ids: readonly string[]): Promise<string[]> {
    const found = await this.store.model.find({ _id: { $in: ids } } as never, { _id: 1 }).lean<{ _id: string }[]>()
    const present = new Set(found.map(({ _id }) => _id))
    return ids.filter((id) => !present.has(id))
  }

  /** False when the profile was there already. */
  insert(creation: Decision<Profile>): Promise<boolean> {
    return this.store.insertFirst(stored(creation))
  }

  change(id: string, transition: (profile: Profile) => Decision<Profile>): Promise<Profile> {
    return this.store.change(
      id,
      (profile) => stored(transition(profile)),
      () => new ProfileNotFoundError(),
    )
  }

  async cardSources(ids: readonly string[]): Promise<CardSource[]> {
    const wanted = { _id: { $in: [...ids] }, ...SHOWN }
    const few = { collection: COLLECTION, filter: wanted, projection: CARD, limit: ids.length }
    return (await readFew<StoredCardSource>(this.connection.db!, few)).map(sourceOf)
  }

  /** Derives what a search finds them by, as this release does. Resolves to how many were found by something else. */
  async deriveTerms(ids: readonly string[]): Promise<number> {
    const changed = new Set<string>()
    await this.store.changeMany(ids, (profile) => {
      const decision = derivedAnew(profile)
      if (decision.changed) changed.add(profile.id)
      return decision
    })
    return changed.size
  }

  /** `terms`: beginnings of a handle or name, one of which it has; `places`: forms of one place. */
  async newest(found: { terms?: string[]; places?: string[] }, page: PageRequest): Promise<Page<CardSource>> {
    const { terms, places } = found
    const filter = {
      ...SHOWN,
      ...(terms && { $or: terms.map(beginsWith) }),
      ...(places && { place: { $in: places } }),
    }
    const { items, nextCursor } = await paginate<ProfileDocument>(this.store.model, {
      list: ['photographers', terms?.join('\n') ?? '', places?.join('\n') ?? ''],
      filter,
      sort: NEWEST_FIRST,
      page,
      projection: CARD,
    })
    return { items: items.map(sourceOf), nextCursor }
  }
}

type StoredCardSource = Omit<CardSource, 'id'> & { _id: string }

const sourceOf = ({ _id, handle, fullName, visibility }: StoredCardSource): CardSource => ({
  id: _id,
  handle,
  fullName,
  visibility: completeAudiences(visibility),
})

const exported = (profile: StoredProfile) => ({ ...showMyProfile(profile), visibility: profile.visibility })
