export * from './view-total.events.js'
