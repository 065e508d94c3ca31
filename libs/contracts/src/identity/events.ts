export * from './account.events.js'
export * from './consent.events.js'
export * from './policy.events.js'
export * from './session.events.js'
