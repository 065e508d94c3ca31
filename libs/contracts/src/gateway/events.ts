export * from './own-view.events.js'
export * from './page-view.events.js'
export * from './request.events.js'
