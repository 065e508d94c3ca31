/** What a request costs, roughly; each class has a limit of its own, so that reading does not use up what logging in may. */
export type LimitClass = 'read' | 'write' | 'credentials' | 'upload' | 'page-view'
