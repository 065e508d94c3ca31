export * from './email.events.js'
