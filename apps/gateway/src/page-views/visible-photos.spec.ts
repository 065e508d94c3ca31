import type { Peers } from '@mpics/service-kit'
import { VisiblePhotos } from './visible-photos.js'

const [a, b, c] = ['a', 'b', 'c'].map((letter) => `0199${letter.repeat(4)}-0000-7000-8000-000000000000`) as [
  string,
  string,
  string,
]

describe('which photos may be seen', () => {
  const setUp = () => {
    const asked: { ids: string[]; readerId: string | null }[] = []
    const call = (_: unknown, { body }: { body: (typeof asked)[number] }) => {
      asked.push(body)
      return Promise.resolve({ ids: body.ids.filter((id) => id !== b) })
    }
    return { photos: new VisiblePhotos({ call } as unknown as Peers), asked }
  }

  it('is asked once for all visitors of a moment, and for each member alone', async () => {
    const { photos, asked } = setUp()
    const visitors = [photos.among([a, b], null), photos.among([b, c], null)]
    const member = photos.among([b], c)
    const [first, second] = await Promise.all(visitors)
    await member
    expect([[...first!.keys()], [...second!.keys()]]).toEqual([
      [a, c],
      [a, c],
    ])
    expect(asked.sort((x) => (x.readerId ? 1 : -1))).toEqual([
      { ids: [a, b, c], readerId: null },
      { ids: [b], readerId: c },
    ])
  })

  it('is not asked with what is no id, since one visitor would spoil the question of all', async () => {
    const { photos, asked } = setUp()
    await Promise.all([photos.among([a], null), photos.among(['00000000-0000-9000-f000-000000000001'], null)])
    expect(asked).toEqual([{ ids: [a], readerId: null }])
  })
})
