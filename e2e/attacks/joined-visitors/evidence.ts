export interface SeenView {
  page: string
  browserId: string | null
  looks: string
  at: number
}

/** A moment at which a session of an account began or ended, as exactly as something tells it. */
export interface SeenSession {
  accountId: string
  at: number
}

export interface SeenTotal {
  page: string
  total: number
  at: number
}

/** A public act of an account, on this page. */
export interface SeenAct {
  accountId: string
  page: string
  at: number
}

/** Requests that the gateway answered, at a moment as exactly as something tells it. */
export interface SeenRequests {
  route: string
  at: number
  count: number
}

/** The evidence of whoever reads all topics, stores and logs. */
export interface Evidence {
  views: SeenView[]
  sessions: SeenSession[]
  totals: SeenTotal[]
  acts: SeenAct[]
  requests: SeenRequests[]
}
