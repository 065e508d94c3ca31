export * from './erasure.events.js'
export * from './export-part.events.js'
export * from './follow.events.js'
export * from './profile.events.js'
