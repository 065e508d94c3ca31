export * from './follow.events.js'
export * from './profile.events.js'
