/** A record of `traffic.page-view`. */
export interface SeenView {
  page: string
  browserId: string | null
  /** Everything else that it says of the browser, joined. */
  looks: string
  /** In milliseconds, as exactly as it is told. */
  at: number
}

/** A moment at which a session of an account began or ended, as exactly as something tells it. */
export interface SeenSession {
  accountId: string
  at: number
}

/** A total of `analytics.view-total`. */
export interface SeenTotal {
  page: string
  total: number
  at: number
}

/** What whoever reads all topics, stores and logs has in hand. */
export interface Evidence {
  views: SeenView[]
  sessions: SeenSession[]
  totals: SeenTotal[]
}
