import type { Act } from './people.js'
import type { Evidence, SeenView } from './evidence.js'

/** The attacker is not to know it: who did what, and whose browser is which. */
export interface Truth {
  start: number
  acts: readonly Act[]
  accounts: readonly string[]
  browsers: readonly string[]
}

const logInsOf = ({ acts, start }: Truth, person: number): number[] =>
  acts.filter((act) => act.does === 'log-in' && act.person === person).map(({ at }) => start + at)

export function withChangesAtLogIn(evidence: Evidence, truth: Truth): Evidence {
  const people = new Map(truth.browsers.map((browser, person) => [browser, logInsOf(truth, person)]))
  const renamed = (view: SeenView): SeenView => {
    const before = people.get(view.browserId ?? '')?.filter((at) => at <= view.at).length ?? 0
    return before === 0 ? view : { ...view, browserId: `${view.browserId}${before}` }
  }
  const sessions = truth.accounts.flatMap((accountId, person) =>
    logInsOf(truth, person).map((at) => ({ accountId, at })),
  )
  return { ...evidence, views: evidence.views.map(renamed), sessions }
}

export function withOwnViews(evidence: Evidence, { start, acts, accounts, browsers }: Truth): Evidence {
  const looks = new Map(evidence.views.map((view) => [view.browserId, view.looks]))
  const own = acts
    .filter(({ does }) => does === 'own-view')
    .map(({ person, at }) => ({
      page: `/profiles/${accounts[person]}`,
      browserId: null,
      looks: looks.get(browsers[person]!)!,
      at: Math.floor((start + at) / 1000) * 1000,
    }))
  return { ...evidence, views: [...evidence.views, ...own] }
}

export function withTotalsAtOnce(evidence: Evidence, { start, acts, accounts }: Truth): Evidence {
  const totals = acts
    .filter(({ does }) => does === 'own-view')
    .map(({ person, at }) => {
      const page = `/profiles/${accounts[person]}`
      const now = start + at
      const others = evidence.views.filter((view) => view.page === page && view.at <= now).length
      const own = acts.filter((act) => act.does === 'own-view' && act.person === person && act.at <= at).length
      return { page, total: others + own, at: now }
    })
  return { ...evidence, totals: [...evidence.totals, ...totals] }
}

/** Each request for a view with its second, where something tells each use of a session. */
export function withExactRequests(evidence: Evidence, { start, acts, accounts }: Truth): Evidence {
  const own = acts
    .filter(({ does }) => does === 'own-view')
    .map(({ person, at }) => ({ accountId: accounts[person]!, at: start + at }))
  const moments = [...evidence.views, ...own].map(({ at }) => at)
  const requests = moments.map((at) => ({ route: '/v1/page-views', at, count: 1 }))
  return { ...evidence, requests, sessions: [...evidence.sessions, ...own] }
}

/** So many follows of each person, 20 s after a view of the followed profile. */
export function withFollows(evidence: Evidence, { start, acts, accounts }: Truth, each: number): Evidence {
  const followed = accounts.flatMap((accountId, person) =>
    acts
      .filter((act) => act.does === 'view' && act.person === person)
      .slice(0, each)
      .map(({ page, at }) => ({ accountId, page: `/profiles/${accounts[page!]}`, at: start + at + 20_000 })),
  )
  return { ...evidence, acts: [...evidence.acts, ...followed] }
}
