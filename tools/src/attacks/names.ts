import { UserFacingError } from '../environment/user-facing-error.js'

/** The attacks of `e2e/attacks`, as `npm run attacks -- <name>` calls them. */
export const attackNames = [
  'reset-race',
  'pictures',
  'slow-clients',
  'cursors',
  'guessing',
  'mail-flood',
  'tokens',
  'consents',
  'matrices',
  'revocations',
  'api',
  'joined-visitors',
] as const

export type AttackName = (typeof attackNames)[number]

/** For Jest's `-t`: the titles of these attacks, or of all. */
export function titlesOf(wanted: readonly string[]): string {
  const unknown = wanted.filter((name) => !(attackNames as readonly string[]).includes(name))
  if (unknown.length > 0)
    throw new UserFacingError(
      `No attack is called “${unknown.join('”, “')}”. The attacks are: ${attackNames.join(', ')}.`,
    )
  return `^attack (${(wanted.length > 0 ? wanted : attackNames).join('|')}) `
}
