import { audienceOf } from '@mpics/contracts'
import type { StoredState } from '@mpics/eventing'
import { cameraOf } from './camera.js'
import type { Photo, Picture } from './photo.js'

const BLANK = {
  statusBefore: null,
  title: null,
  description: null,
  altText: null,
  place: null,
  tags: [],
  licence: 'all-rights-reserved',
  contentVersion: 1,
  inHandUntil: null,
  picture: null,
  rejection: null,
  publishedAt: null,
  purgeAfter: null,
} satisfies Partial<Photo>

/** Judges the camera again: an earlier version kept what it does not show today. */
const completePicture = (picture: Picture | null | undefined): Picture | null =>
  picture ? { ...picture, camera: cameraOf(picture.camera ?? {}) } : null

/** A photo as an earlier version of the service may have stored it; without an audience, only its owner sees it. */
export const completePhoto = (stored: StoredState<Photo>): Photo =>
  ({
    ...BLANK,
    ...stored,
    visibility: audienceOf(stored.visibility),
    picture: completePicture(stored.picture),
  }) as Photo
