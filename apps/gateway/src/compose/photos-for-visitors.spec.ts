import { type ApiDefinition, media } from '@mpics/contracts'
import { PeerError, type PeerInput, type Peers } from '@mpics/service-kit'
import { PhotosForVisitors } from './photos-for-visitors.js'

type Answer = (ids: string[]) => object

describe('photos as visitors see them', () => {
  const asked: [string, unknown][] = []
  const setUp = (forVisitors: Answer, alone: Answer = () => ({})) => {
    asked.length = 0
    const call = async ({ name }: ApiDefinition, { body, params }: PeerInput<ApiDefinition>) => {
      const { ids } = (body ?? { ids: [(params as { id: string }).id] }) as { ids: string[] }
      asked.push([name, ids])
      return name === media.getPhoto.name ? alone(ids) : forVisitors(ids)
    }
    return new PhotosForVisitors({ call } as unknown as Peers)
  }
  const refuse = (status: number, code: string) => () => {
    throw new PeerError(media.getPhoto, status, code, 'no')
  }

  it('are asked for together at one moment', async () => {
    const photos = setUp((ids) => ({ items: ids.map((id) => ({ id })) }))
    expect(await Promise.all(['a', 'b', 'a'].map((id) => photos.get(id)))).toEqual([
      { id: 'a' },
      { id: 'b' },
      { id: 'a' },
    ])
    expect(asked).toEqual([['photosForVisitors', ['a', 'b']]])
  })

  it('are refused at once as media refuses each of them, and keep no other from being shown', async () => {
    const photos = setUp(() => ({ items: [{ id: 'a' }] }))
    const [shown, hidden] = await Promise.allSettled([photos.get('a'), photos.get('b')])
    expect(shown).toMatchObject({ value: { id: 'a' } })
    const message = 'There is no photo here that you may see.'
    expect(hidden).toMatchObject({ reason: { code: 'media.photo-not-found', kind: 'not-found', message } })
    expect(asked).toEqual([['photosForVisitors', ['a', 'b']]])
  })

  it('are asked for one by one where a replica does not know the call', async () => {
    const photos = setUp(refuse(404, 'not-found'), ([id]) => ({ id }))
    expect(await Promise.all([photos.get('a'), photos.get('b')])).toEqual([{ id: 'a' }, { id: 'b' }])
    expect(asked.slice(1)).toEqual([
      ['getPhoto', ['a']],
      ['getPhoto', ['b']],
    ])
  })

  it.each([
    [429, 'too-many-requests', 'too-many'],
    [404, 'media.photo-not-found', 'not-found'],
  ])('are not asked for again where media refuses the call by %i %s', async (status, code, kind) => {
    const photos = setUp(refuse(status, code))
    const ends = await Promise.allSettled([photos.get('a'), photos.get('b')])
    expect(ends).toMatchObject([1, 2].map(() => ({ reason: { code, kind } })))
    expect(asked).toHaveLength(1)
  })

  it('are not asked for again where media is away', async () => {
    const photos = setUp(() => {
      throw new Error('away')
    })
    await expect(photos.get('a')).rejects.toThrow('away')
    expect(asked).toHaveLength(1)
  })
})
