/**
 * Rough cost of a request. Each class has its own limit, so that reading does not use up the log-ins of a caller, and nothing uses
 * up that somebody takes back a consent (`withdrawal`).
 */
export type LimitClass = 'read' | 'write' | 'credentials' | 'upload' | 'page-view' | 'withdrawal'
