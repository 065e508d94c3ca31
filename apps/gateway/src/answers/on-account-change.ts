import { identity } from '@mpics/contracts'
import { type Drop, droppedBy } from '@mpics/service-kit'

type Change = { data: { accountId: string } }

/** The events after which others may, or may not, see what belongs to an account. */
export function onAccountChange(tagsOf: (accountId: string) => string[]): Drop[] {
  const tags = ({ data }: Change) => tagsOf(data.accountId)
  return identity.standingFacts.map((fact) => droppedBy(fact, tags))
}
