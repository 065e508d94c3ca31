import type { Evidence, SeenView } from './evidence.js'

const SECOND = 1_000
const MINUTE = 60_000
const PAGE_VIEWS = '/v1/page-views'
const SOON = MINUTE
const USUAL_GAP = 10 * MINUTE
/** How improbable it is that two ids of strangers end and begin so close to a moment, as a logarithm. */
const LUCK = 6

const secondOf = (at: number): number => Math.floor(at / SECOND)

type Scores = Map<string, number>

interface Life {
  id: string
  looks: string
  times: number[]
  born: number
  died: number
}

/** For each account a browser id of its own, by what the evidence speaks for most; `random` decides where it speaks for none. */
export function guesses(evidence: Evidence, accounts: readonly string[], random: () => number): Map<string, string> {
  const lives = livesIn(evidence.views)
  const unseen = unseenViews(evidence)
  const claims = accounts.flatMap((account) => {
    const scores: Scores = new Map(lives.map(({ id }) => [id, random() / 1000]))
    byChanges(evidence, account, lives, scores)
    byOwnViews(evidence, account, lives, scores)
    byTotals(evidence, account, lives, scores)
    byActs(evidence, account, scores)
    byRequests(unseen, evidence, account, lives, scores)
    return [...scores].map(([id, score]) => ({ account, id, score }))
  })
  return bestClaims(claims)
}

interface Claim {
  account: string
  id: string
  score: number
}

function bestClaims(claims: Claim[]): Map<string, string> {
  const found = new Map<string, string>()
  const taken = new Set<string>()
  for (const { account, id } of claims.sort((a, b) => b.score - a.score)) {
    if (found.has(account) || taken.has(id)) continue
    found.set(account, id)
    taken.add(id)
  }
  return found
}

function livesIn(views: readonly SeenView[]): Life[] {
  const known = views.filter((view) => view.browserId !== null)
  return [...Map.groupBy(known, ({ browserId }) => browserId!)].map(([id, seen]) => {
    const times = seen.map(({ at }) => at).sort((a, b) => a - b)
    return { id, looks: seen[0]!.looks, times, born: times[0]!, died: times.at(-1)! }
  })
}

const add = (scores: Scores, id: string, score: number) => scores.set(id, (scores.get(id) ?? 0) + score)

/** An id that ends and one of the same looks that begins, around each moment of a session: the id was changed there. */
function byChanges({ sessions }: Evidence, account: string, lives: readonly Life[], scores: Scores): void {
  const moments = [...new Set(sessions.filter((s) => s.accountId === account).map(({ at }) => at))].sort(
    (a, b) => a - b,
  )
  const chains: Scores = new Map(lives.map(({ id }) => [id, 0]))
  for (const at of moments) {
    // all of a moment are judged by what was before it
    const longer = changesAround(lives, at).map(({ from, to, score }): [string, number] => [
      to,
      Math.max((chains.get(from) ?? 0) + score, (chains.get(to) ?? 0) + score),
    ])
    for (const [id, score] of longer) chains.set(id, Math.max(chains.get(id) ?? 0, score))
  }
  for (const [id, score] of chains) add(scores, id, score)
}

function changesAround(lives: readonly Life[], at: number) {
  const near = LUCK * USUAL_GAP
  const ended = lives.filter(({ died }) => died < at && at - died < near)
  return lives
    .filter(({ born }) => born >= at && born - at < near)
    .flatMap((to) =>
      ended
        .filter(({ looks, died }) => to.born - died < near && looks === to.looks)
        .map((from) => ({ from: from.id, to: to.id, score: LUCK - (to.born - from.died) / USUAL_GAP })),
    )
}

/** Views of an account’s own page without an id, between views of a browser that looks the same. */
function byOwnViews({ views }: Evidence, account: string, lives: readonly Life[], scores: Scores): void {
  const own = views.filter(({ page, browserId }) => browserId === null && page === `/profiles/${account}`)
  for (const { looks, at } of own)
    for (const life of lives) if (life.looks === looks && isSoonAfter(life, at)) add(scores, life.id, 3)
}

/** A total that grows though no view of the page was told: its owner looked at that moment. */
function byTotals({ totals, views }: Evidence, account: string, lives: readonly Life[], scores: Scores): void {
  const page = `/profiles/${account}`
  const told = views.filter((view) => view.page === page).map(({ at }) => at)
  let unseen = 0
  for (const { total, at } of totals.filter((seen) => seen.page === page).sort((a, b) => a.total - b.total)) {
    const more = total - told.filter((time) => time <= at).length
    if (more > unseen) for (const life of lives) if (isSoonAfter(life, at)) add(scores, life.id, 2)
    unseen = Math.max(unseen, more)
  }
}

/** Views of a page shortly before the account did something there. */
function byActs({ acts, views }: Evidence, account: string, scores: Scores): void {
  for (const act of acts.filter(({ accountId }) => accountId === account)) {
    const before = views.filter(({ page, at }) => page === act.page && at <= act.at && act.at - at < SOON)
    for (const { browserId } of before) if (browserId !== null) add(scores, browserId, 3)
  }
}

/** Seconds in which more views were asked for than were told: an owner looked. */
function unseenViews({ requests, views }: Evidence): number[] {
  const told = new Map([...Map.groupBy(views, ({ at }) => secondOf(at))].map(([second, all]) => [second, all.length]))
  const asked = Map.groupBy(
    requests.filter(({ route }) => route === PAGE_VIEWS),
    ({ at }) => secondOf(at),
  )
  return [...asked]
    .filter(([second, all]) => all.reduce((sum, { count }) => sum + count, 0) > (told.get(second) ?? 0))
    .map(([second]) => second * SECOND)
}

/** A view that no fact tells of, at the moment when something tells of the account, just after a view of that browser. */
function byRequests(
  unseen: readonly number[],
  { sessions }: Evidence,
  account: string,
  lives: readonly Life[],
  scores: Scores,
): void {
  const present = new Set(sessions.filter(({ accountId }) => accountId === account).map(({ at }) => secondOf(at)))
  for (const at of unseen)
    if (present.has(secondOf(at))) for (const life of lives) if (isSoonAfter(life, at)) add(scores, life.id, 2)
}

const isSoonAfter = ({ times }: Life, at: number): boolean => times.some((time) => time <= at && at - time < SOON)
