export * from './events.js'
export * from './follow.calls.js'
export * from './profile.calls.js'
export * from './follow.internal-calls.js'
export * from './profile.internal-calls.js'
export {
  messengerNetwork,
  myProfile,
  profileAudience,
  profileCard,
  profileVisibility,
  shownProfile,
} from './profile.js'
