import { Clock } from '@mpics/service-kit'
import type { Photo } from './photo.js'
import { RenditionLinks, type Signed } from './rendition-links.js'

const ADA = { accountId: 'ada', sessionId: 'a-session' }
const [former, next] = ['f'.repeat(32), 'n'.repeat(32)]
const linksWith = (...keys: string[]) => new RenditionLinks({ MEDIA_LINK_KEY: keys } as never, new Clock())
const photo = { id: 'a-photo', contentVersion: 1, visibility: 'private' } as never as Photo

function signedBy(links: RenditionLinks): Signed {
  const { searchParams } = new URL(links.linkTo(photo, 'thumb', ADA), 'http://media')
  return {
    reader: searchParams.get('reader')!,
    expires: Number(searchParams.get('expires')),
    session: searchParams.get('session')!,
    signature: searchParams.get('signature')!,
  }
}

it('links stay good while the key is replaced, and not when it was taken out', () => {
  const before = signedBy(linksWith(former))
  const reader = (links: RenditionLinks, signed: Signed) => links.viewerOf(photo.id, 'thumb', signed)
  expect(reader(linksWith(next, former), before)).toBe('ada')
  expect(reader(linksWith(next), before)).toBeUndefined()
  expect(reader(linksWith(next), signedBy(linksWith(next, former)))).toBe('ada')
  for (const forged of [{ reader: 'eve' }, { session: 'another' }, { session: undefined }])
    expect(reader(linksWith(former), { ...before, ...forged })).toBeUndefined()
})
