export * from './page-view.events.js'
