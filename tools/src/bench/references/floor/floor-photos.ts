import { media } from '@mpics/contracts'
import { BareServer } from '../bare-server.js'
import { type FloorSystem, groundOf } from './floor-system.js'

export const FLOOR_PHOTOS = 'floor_photos'

/** The least programs that take photos in with the same promises: two processes, as gateway and media are, and one that decodes. */
export async function floorPhotos(system: FloorSystem) {
  const { services, stack } = system
  const { topics, keys, publicKey, privateKey } = await groundOf(system, 'floor-photos')
  const owner = await BareServer.start('floor/photo', {
    uri: services.media.env['MONGODB_URI'],
    topic: `${topics}${media.photoUploaded.topic.name}`,
    collection: FLOOR_PHOTOS,
    bucket: 'floor-photos',
    stack,
    publicKey,
  })
  const edge = await BareServer.start('floor/photo-edge', { url: owner.url, keys, privateKey })
  const ask = async (path: string, token: string, body?: Buffer) => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'image/jpeg' }) }
    const answer = await fetch(`${edge.url}${path}`, {
      headers,
      ...(body && { method: 'POST', body: new Uint8Array(body) }),
    })
    if (!answer.ok) throw new Error(`the floor answered ${answer.status}`)
    return (await answer.json()) as { id: string; status: string }
  }
  return {
    pids: { edge: edge.pid, media: owner.pid },
    upload: async (photo: Buffer, token: string) => (await ask('/photos', token, photo)).id,
    statusOf: async (id: string, token: string) => (await ask(`/photos/${id}`, token)).status,
    stop: () => [edge, owner].forEach((server) => server.stop()),
  }
}
