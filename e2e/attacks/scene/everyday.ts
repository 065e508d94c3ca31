import { join } from 'node:path'
import { type ApiClient, type Reply } from '@mpics/api-client'
import { media, notifications, profiles } from '@mpics/contracts'
import { root } from '@mpics/tools/environment/root'
import type { Member } from '@mpics/tools/people/member'
import type { Act } from './meanwhile.js'

export const SMALL_PICTURE = join(root, 'tools/photographs/rocket.jpg')
const UPLOAD_EVERY_MS = 2_000

export function everyday(visitor: ApiClient, member: Member, photoId: string): Act[] {
  const { handle } = member.person
  return [
    { what: 'a photo', once: () => visitor.call(media.getPhoto, { params: { id: photoId } }) },
    { what: 'a picture', once: () => visitor.bytes(`/v1/photos/${photoId}/thumb`) },
    { what: 'explore', once: () => visitor.call(media.explorePhotos, {}) },
    { what: 'a profile', once: () => visitor.call(profiles.getProfile, { params: { handle } }) },
    { what: 'settings', once: () => member.api.call(notifications.getEmailSettings, {}) },
    { what: 'an old link', once: async () => refused(await visitor.send(unsubscribing), 404) },
    { what: 'an upload', once: () => member.upload(SMALL_PICTURE), everyMs: UPLOAD_EVERY_MS },
  ]
}

const unsubscribing = { method: 'POST', path: '/v1/unsubscribe/of-another-time', body: '{}' }

function refused({ status }: Reply, expected: number): void {
  if (status !== expected) throw new Error(`was answered ${status}`)
}
