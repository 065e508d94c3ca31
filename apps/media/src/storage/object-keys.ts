export const UPLOADS = 'uploads/'
export const RENDITIONS_OF_PHOTOS = 'photos/'

/** The original bytes with their metadata: nobody is served them, and the worker deletes them when it is done. */
export const uploadKey = (photoId: string) => `${UPLOADS}${photoId}`

/** The same photo and content always have the same key, so that a repeated job overwrites what it made before. */
export const renditionKey = (photo: { id: string; contentVersion: number }, rendition: string) =>
  `${renditionPrefix(photo.id)}${photo.contentVersion}/${rendition}`

export const renditionPrefix = (photoId: string) => `${RENDITIONS_OF_PHOTOS}${photoId}/`
