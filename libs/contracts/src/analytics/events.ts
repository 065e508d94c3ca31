export * from './erasure.events.js'
export * from './export-part.events.js'
export * from './view-total.events.js'
export * from './traffic-hourly.events.js'
