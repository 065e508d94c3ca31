export * from './events.js'
export * from './email.calls.js'
export * from './email-settings.calls.js'
export * from './unsubscribe.calls.js'
