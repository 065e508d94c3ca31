export * from './events.js'
export * from './account.calls.js'
export * from './page-view.calls.js'
export * from './privacy.calls.js'
