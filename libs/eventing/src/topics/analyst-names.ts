import { type Analysts, analystTopics } from '@mpics/contracts/catalogue'

const NAME = /^[a-z][a-z\d-]{0,30}$/
const PRINCIPAL = /^User:(analyst-[a-z][a-z\d-]{0,30})$/

class AnalystNameError extends Error {
  constructor(name: string) {
    super(
      `'${name}' is no name for an analyst: it must be small letters, digits and hyphens, a letter first, at most 31`,
    )
  }
}

/** An analyst of their own: every public topic, and groups that begin with their account's name and a dot. */
export function analystNamed(name: string): Analysts {
  if (!NAME.test(name)) throw new AnalystNameError(name)
  return { name: `analyst-${name}`, topics: analystTopics }
}

/** Those whom an operator added, known by their right to their groups. */
export function analystsAmong(
  rights: readonly { principal: string; resource: string; name: string }[],
  prefix: string,
): Analysts[] {
  const accounts = rights.flatMap(({ principal, resource, name }) => {
    const account = PRINCIPAL.exec(principal)?.[1]
    return account && resource === 'group' && name === `${prefix}${account}.` ? [account] : []
  })
  return [...new Set(accounts)].map((account) => analystNamed(account.slice('analyst-'.length)))
}
