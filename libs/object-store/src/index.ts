export * from './object-store.js'
export * from './part-buffers.js'
export { connectS3, type ObjectStoreAccess } from './s3-client.js'
export * from './storage.errors.js'
