import { identity } from '@mpics/contracts'
import { type Drop, droppedBy } from '@mpics/service-kit'

type Change = { data: { accountId: string } }

/** They say whether others may see what belongs to an account. */
export const accountChanges = [...identity.standingFacts, identity.accountErased] as const

export function onAccountChange(tagsOf: (accountId: string) => string[]): Drop[] {
  const tags = ({ data }: Change) => tagsOf(data.accountId)
  return accountChanges.map((fact) => droppedBy(fact, tags))
}
