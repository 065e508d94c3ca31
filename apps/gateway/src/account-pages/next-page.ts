const OWN_PAGE = /^\/account(?:\/[a-z-]{1,40})?$/

/** Where somebody wanted to go before the log-in: a page of the account, and never an address of another site. */
export const nextOf = (given: unknown): string =>
  typeof given === 'string' && OWN_PAGE.test(given) ? given : '/account'

/** The page on which a form stands, whose own address nobody can open. */
export const pageOfForm = (path: string): string => nextOf(path.split('/').slice(0, 3).join('/'))
