import { type Ages, agesOf, Connection, type DataEntry, nameOfStore, PersonalData } from '@mpics/mongo'
import { Injectable, Optional } from '@nestjs/common'
import { Clock } from '../clock.js'

export interface KeptEntry {
  readonly entry: string
  readonly retention: string | undefined
  /** Who removes what is too old. */
  readonly by: 'an index of MongoDB' | 'a job' | 'an event'
  readonly limitSeconds: number | null
  readonly oldestSeconds: number | null
  readonly overAge: number | null
}

type Aged = DataEntry & { readonly age: NonNullable<DataEntry['age']> }

/** Reads at the register how old the oldest record of each place may be, and is. */
@Injectable()
export class Retention {
  constructor(
    private readonly clock: Clock,
    @Optional() private readonly connection?: Connection,
    @Optional() private readonly personalData?: PersonalData,
  ) {}

  /** Removes nothing. */
  async list(): Promise<KeptEntry[]> {
    const entries = this.personalData?.entries() ?? []
    return Promise.all(entries.map(async (entry) => shown(entry, await this.agesOf(entry))))
  }

  limits(): Map<string, number> {
    return new Map(this.aged().map(({ store, age }) => [nameOfStore(store), age.ms / 1000]))
  }

  async oldest(): Promise<Map<string, number>> {
    const found = this.aged().map(async (entry) => [nameOfStore(entry.store), await this.agesOf(entry)] as const)
    return new Map((await Promise.all(found)).map(([name, ages]) => [name, ages!.oldestMs / 1000]))
  }

  jobs(): DataEntry[] {
    return this.personalData?.entries().filter(({ removeOverAge }) => removeOverAge) ?? []
  }

  private aged(): Aged[] {
    return (this.personalData?.entries() ?? []).filter((entry): entry is Aged => Boolean(entry.age))
  }

  private agesOf(entry: DataEntry): Promise<Ages | null> {
    return agesOf(this.connection!, entry, this.clock.now())
  }
}

function shown(entry: DataEntry, ages: Ages | null): KeptEntry {
  const { store, retention, age, removeOverAge } = entry
  return {
    entry: nameOfStore(store),
    retention,
    by: removeOverAge ? 'a job' : age ? 'an index of MongoDB' : 'an event',
    limitSeconds: age ? age.ms / 1000 : null,
    oldestSeconds: ages && Math.round(ages.oldestMs / 1000),
    overAge: ages && ages.overAge,
  }
}
