export * from './events.js'
export * from './photo.calls.js'
export * from './photo-list.calls.js'
export * from './photo.internal-calls.js'
export {
  photoDetails,
  photoLicence,
  photoOwner,
  photoStatus,
  photoSummary,
  renditionName,
  shownCamera,
  shownPhoto,
  shownRendition,
} from './photo.js'
export * from './held-data.internal-calls.js'
