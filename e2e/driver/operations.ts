import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApiClient, Reply } from '@mpics/api-client'
import { gateway, identity, media, profiles } from '@mpics/contracts'
import { root } from '@mpics/tools/environment/root'
import type { Member } from '@mpics/tools/people/member'

export const PICTURE = join(root, 'tools/photographs/rocket.jpg')
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export interface Session {
  browserToken: string
  refreshToken: string
}

/** Whom an operation is of. */
export interface Scene {
  visitor: ApiClient
  reader: Member
  /** The first is asked for to warm up, the second is new to every cache. */
  stars: Member[]
  /** Four: nobody has seen the pages of the last two. */
  photos: string[]
  browser?: { browserToken: string }
  refreshToken: string
}

const HTML = { accept: 'text/html', 'user-agent': FIREFOX }
export const get = (api: ApiClient, path: string) => api.send({ method: 'GET', path })
export const page = (api: ApiClient, path: string) => api.send({ method: 'GET', path, headers: HTML })
export const post = (api: ApiClient, path: string, body: object) =>
  api.send({ method: 'POST', path, body: JSON.stringify(body), headers: { 'user-agent': FIREFOX } })
export const viewed = (api: ApiClient, body: object) => post(api, gateway.recordPageView.path, body)
export const followed = ({ api }: Member, { person: { handle } }: Member) =>
  api.answer(profiles.followProfile, { params: { handle } })

export async function uploaded({ api }: Member): Promise<Reply> {
  const file = new File([await readFile(PICTURE)], 'rocket.jpg', { type: 'image/jpeg' })
  return api.answer(media.uploadPhoto, { body: { file, visibility: 'public' } })
}

export const logIn = ({ visitor, reader: { person } }: Scene, browser: object = {}) =>
  post(visitor, identity.logIn.path, { login: person.handle, password: person.password, ...browser })
