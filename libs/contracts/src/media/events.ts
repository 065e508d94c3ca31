export * from './photo.events.js'
