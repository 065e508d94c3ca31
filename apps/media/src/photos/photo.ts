import { type ApiInput, type Audience, decide, type Decision, media, unchanged } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import type { z } from 'zod'
import type { Standing } from '@mpics/rights'
import type { Camera } from './camera.js'

export type PhotoStatus = z.output<typeof media.photoStatus>
export type Rejection = z.output<typeof media.photoRejection>
export type PhotoContentType = z.output<typeof media.photoContentType>
export type PhotoDetails = z.output<typeof media.photoDetails>
export type PhotoChanges = ApiInput<typeof media.changePhoto>['body']

export const RENDITIONS = ['thumb', 'small', 'large', 'original'] as const
export type RenditionName = (typeof RENDITIONS)[number]

export interface Rendition {
  width: number
  height: number
  bytes: number
  contentType: PhotoContentType
}

/** The worker's result. */
export interface Picture {
  /** ThumbHash, base64. */
  placeholder: string
  camera: Camera | null
  renditions: Record<RenditionName, Rendition>
}

export interface Photo {
  id: string
  ownerId: string
  status: PhotoStatus
  /** Where a restoration leads back to; null unless removed. */
  statusBefore: Exclude<PhotoStatus, 'removed'> | null
  visibility: Audience
  title: string | null
  description: string | null
  altText: string | null
  place: string | null
  tags: string[]
  licence: z.output<typeof media.photoLicence>
  upload: { bytes: number; contentType: PhotoContentType }
  /** Part of the objects' names: other bytes get another number, so that no cache confuses them. */
  contentVersion: number
  /** Until then its renditions are left to the replica that has its bytes in hand; null: to whoever hears of the upload. See `letGo`. */
  inHandUntil: Date | null
  picture: Picture | null
  rejection: Rejection | null
  uploadedAt: Date
  publishedAt: Date | null
  /** From then on it may be erased; null while it stays. */
  purgeAfter: Date | null
  /** A projection of analytics' total to sort by; no transition changes it. */
  views: { total: number; sequence: number }
  /** A projection of whether others may see what belongs to its owner; absent where they always could. No transition changes it. */
  owner?: Standing
}

const TRASH_DAYS = 30

export const NEVER_VIEWED: Photo['views'] = { total: 0, sequence: 0 }

const inTrashUntil = (now: Date) => new Date(now.getTime() + TRASH_DAYS * DAY_MS)
const about = ({ id, ownerId }: Photo) => ({ photoId: id, ownerId })
const uploaded = (photo: Photo) => media.photoUploaded.of({ ...about(photo), ...photo.upload })

export function uploadPhoto(
  given: { id: string; ownerId: string; details: PhotoDetails; upload: Photo['upload'] },
  now: Date,
): Decision<Photo> {
  const { title = null, description = null, altText = null, place = null, tags, licence, visibility } = given.details
  const photo: Photo = {
    id: given.id,
    ownerId: given.ownerId,
    status: 'processing',
    statusBefore: null,
    visibility,
    title,
    description,
    altText,
    place,
    tags,
    licence,
    upload: given.upload,
    contentVersion: 1,
    inHandUntil: null,
    picture: null,
    rejection: null,
    uploadedAt: now,
    publishedAt: null,
    purgeAfter: null,
    views: NEVER_VIEWED,
  }
  return decide(photo, uploaded(photo))
}

/** Safe to repeat: it publishes only a photo that is still processed. */
export function publishPhoto(photo: Photo, picture: Picture, now: Date): Decision<Photo> {
  if (photo.status !== 'processing') return unchanged(photo)
  const { width, height } = picture.renditions.original
  return decide(
    { ...photo, status: 'published', inHandUntil: null, picture, publishedAt: now },
    media.photoPublished.of({
      ...about(photo),
      visibility: photo.visibility,
      width,
      height,
      publishedAt: now.toISOString(),
    }),
  )
}

export function rejectPhoto(photo: Photo, reason: Rejection, now: Date): Decision<Photo> {
  if (photo.status !== 'processing') return unchanged(photo)
  return decide(
    { ...photo, status: 'rejected', inHandUntil: null, rejection: reason, purgeAfter: inTrashUntil(now) },
    media.photoRejected.of({ ...about(photo), reason }),
  )
}

export function changePhoto(photo: Photo, changes: PhotoChanges): Decision<Photo> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const different = given.filter(([name, value]) => !same(photo[name as keyof PhotoChanges], value))
  if (different.length === 0) return unchanged(photo)
  return decide(
    { ...photo, ...(Object.fromEntries(different) as Partial<Photo>) },
    media.photoChanged.of({ ...about(photo), changedFields: different.map(([name]) => name) }),
  )
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

export function removePhoto(photo: Photo, now: Date): Decision<Photo> {
  if (photo.status === 'removed') return unchanged(photo)
  return decide(
    { ...photo, status: 'removed', statusBefore: photo.status, inHandUntil: null, purgeAfter: inTrashUntil(now) },
    media.photoRemoved.of({ ...about(photo), changedFields: ['status'] }),
  )
}

/** Announces a photo again that was removed before its renditions were made, so that they are made now. */
export function restorePhoto(photo: Photo, now: Date): Decision<Photo> {
  if (photo.status !== 'removed' || photo.statusBefore === null) return unchanged(photo)
  const status = photo.statusBefore
  const purgeAfter = status === 'rejected' ? inTrashUntil(now) : null
  const restored: Photo = { ...photo, status, statusBefore: null, purgeAfter }
  const event = media.photoRestored.of({ ...about(photo), changedFields: ['status'] })
  return status === 'processing' ? decide(restored, event, uploaded(restored)) : decide(restored, event)
}

/** Its owner cannot restore it any more. */
export const isPastKeeping = (photo: Photo, now: Date): boolean => photo.purgeAfter !== null && photo.purgeAfter <= now
