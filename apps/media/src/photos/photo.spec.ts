import { media, viewerRelations } from '@mpics/contracts'
import { maySeePhoto } from './may-see-photo.js'
import {
  changePhoto,
  isPastKeeping,
  type Photo,
  type Picture,
  publishPhoto,
  rejectPhoto,
  removePhoto,
  restorePhoto,
  uploadPhoto,
} from './photo.js'

const now = new Date('2026-01-31T12:00:00.000Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)
const size = { width: 3000, height: 2000, bytes: 1, contentType: 'image/jpeg' } as const
const picture: Picture = {
  placeholder: 'AAAA',
  camera: null,
  renditions: { thumb: size, small: size, large: size, original: size },
}
const given = {
  id: '01931f3e-0000-7000-8000-000000000101',
  ownerId: '01931f3e-0000-7000-8000-000000000001',
  details: media.photoDetails.parse({ title: 'Lift-off', tags: 'Rockets' }),
  upload: { bytes: 1234, contentType: 'image/jpeg' as const },
}
const { state: uploaded, events: uploadEvents } = uploadPhoto(given, now)
const published = publishPhoto(uploaded, picture, now).state
const typesOf = (events: readonly { type: string }[]) => events.map((e) => e.type)

describe('a photo', () => {
  it('is uploaded, then published once', () => {
    expect(uploaded).toMatchObject({ status: 'processing', title: 'Lift-off', tags: ['rockets'], visibility: 'public' })
    expect(typesOf(uploadEvents)).toEqual(['media.photo.uploaded.v1'])
    expect(published).toMatchObject({ status: 'published', publishedAt: now })
    expect(publishPhoto(published, picture, inDays(1)).changed).toBe(false)
    expect(rejectPhoto(published, 'damaged', now).changed).toBe(false)
  })

  it('is in hand until it is decided or removed', () => {
    const inHand = { ...uploaded, inHandUntil: inDays(1) }
    const [ended, others] = [
      publishPhoto(inHand, picture, now),
      [rejectPhoto(inHand, 'damaged', now), removePhoto(inHand, now)],
    ]
    for (const { state } of [ended, ...others]) expect(state.inHandUntil).toBeNull()
  })

  it('is rejected with a reason, and not kept for ever', () => {
    const { state, events } = rejectPhoto(uploaded, 'animated', now)
    expect(state).toMatchObject({ status: 'rejected', rejection: 'animated', purgeAfter: inDays(30) })
    expect(events[0]?.data).toMatchObject({ reason: 'animated' })
  })

  it('B51 takes changes and deletions of single fields, and tells of names only', () => {
    const { state, events } = changePhoto(published, { title: null, tags: ['rockets'], place: 'Florida' })
    expect(state).toMatchObject({ title: null, place: 'Florida', tags: ['rockets'] })
    expect(events[0]?.data).toMatchObject({ changedFields: ['title', 'place'] })
    expect(JSON.stringify(events)).not.toContain('Florida')
    expect(changePhoto(published, { title: 'Lift-off' }).changed).toBe(false)
  })

  it('comes back from the trash as it was, and is past keeping after 30 days', () => {
    const removed = removePhoto(published, now).state
    expect(removed).toMatchObject({ status: 'removed', purgeAfter: inDays(30) })
    expect(removePhoto(removed, inDays(1)).changed).toBe(false)
    expect(isPastKeeping(removed, inDays(29.9))).toBe(false)
    expect(isPastKeeping(removed, inDays(30))).toBe(true)
    expect(restorePhoto(removed, inDays(1)).state).toEqual(published)
    expect(restorePhoto(published, now).changed).toBe(false)
  })

  it('that was removed before it was processed is processed after its restoration', () => {
    const removed = removePhoto(uploaded, now).state
    expect(publishPhoto(removed, picture, now).changed).toBe(false)
    expect(typesOf(restorePhoto(removed, now).events)).toEqual(['media.photo.restored.v1', 'media.photo.uploaded.v1'])
  })
})

describe('who may see a photo', () => {
  const seenBy = (photo: Pick<Photo, 'status' | 'visibility'>) =>
    viewerRelations.filter((relation) => maySeePhoto(relation, photo))

  it('B36 is decided by its visibility', () => {
    const visible = (visibility: Photo['visibility']) => seenBy({ status: 'published', visibility })
    expect(visible('public')).toEqual(['owner', 'follower', 'member', 'visitor'])
    expect(visible('members')).toEqual(['owner', 'follower', 'member'])
    expect(visible('followers')).toEqual(['owner', 'follower'])
    expect(visible('me')).toEqual(['owner'])
    expect(visible(undefined as unknown as Photo['visibility'])).toEqual(['owner'])
  })

  it('is its owner alone while it is unfinished, and nobody in the trash', () => {
    expect(seenBy({ status: 'processing', visibility: 'public' })).toEqual(['owner'])
    expect(seenBy({ status: 'rejected', visibility: 'public' })).toEqual(['owner'])
    expect(seenBy({ status: 'removed', visibility: 'public' })).toEqual([])
  })
})
