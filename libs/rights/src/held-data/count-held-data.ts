import { type ApiAnswer, categoryOf, type identity } from '@mpics/contracts'
import { type HeldData, heldCountOf, nameOfStore, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { RightsOptions } from '../rights-options.js'

type Answer = ApiAnswer<typeof identity.heldData>

/** Asks each entry of the register how much it holds about an account. */
@Injectable()
export class CountHeldData {
  constructor(
    private readonly personalData: PersonalData,
    private readonly options: RightsOptions,
  ) {}

  async execute(accountId: string): Promise<Answer> {
    return { items: await Promise.all(this.personalData.held().map((entry) => this.placeOf(entry, accountId))) }
  }

  private async placeOf(entry: HeldData, accountId: string): Promise<Answer['items'][number]> {
    const found = await heldCountOf(entry, accountId)
    const { store, purpose, retention } = entry
    return {
      where: `${this.options.service}: ${nameOfStore(store)}`,
      category: categoryOf({ classification: 'personal', purpose }),
      purpose,
      retention,
      count: found && found.count,
      isMore: found?.isMore ?? false,
      endsFrom: found?.endsFrom?.toISOString() ?? null,
      endsUntil: found?.endsUntil?.toISOString() ?? null,
    }
  }
}
