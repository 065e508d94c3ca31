export * from './events.js'
export * from './stats.calls.js'
export * from './view-total.calls.js'
export * from './counting-rules.js'
