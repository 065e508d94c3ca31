export * from './email.events.js'
export * from './erasure.events.js'
export * from './export-part.events.js'
export * from './unsubscribe.events.js'
