import { analytics, profiles } from '@mpics/contracts'
import { Connection } from '@mpics/mongo'
import { rebuilt } from '@mpics/testing'
import { PhotoRepository } from '../src/photos/photo.repository.js'
import { ViewerRelations } from '../src/audience/viewer-relations.js'
import { MediaHarness } from './setup/media-harness.js'
import { aPhoto } from './setup/stored-photo.js'

interface Pair {
  followerId: string
  followedId: string
  active: boolean
  sequence: number
}

const PAIRS = 30
const PAGE = 10

describe('projections that media can rebuild', () => {
  let media: MediaHarness
  const owner: Pair[] = []
  beforeAll(async () => {
    media = await MediaHarness.open()
  })
  afterAll(() => media.close())

  describe('who follows whom, from profiles', () => {
    const idOf = ({ followerId, followedId }: Pair) => `${followerId}:${followedId}`
    const projections = () =>
      media.service.get<Connection>(Connection).db!.collection<{ _id: string } & Record<string, unknown>>('follows')
    const truth = () => Object.fromEntries(owner.map((pair) => [idOf(pair), said(pair)]))
    const said = ({ followedId, active, sequence }: Pair) => ({ followedId, following: active, sequence })
    const kept = async () =>
      Object.fromEntries((await projections().find().toArray()).map(({ _id, ...rest }) => [_id, rest]))
    const relation = ({ followerId, followedId }: Pair) =>
      media.service.get(ViewerRelations).relationTo(followedId, followerId)
    /** As profiles would answer; `between` happens after a page was read and before it is given out. */
    const listPairs = (between: (page: number) => Promise<void> = async () => undefined) =>
      media.profiles.answer(profiles.followSnapshot, async ({ query: { cursor = '0' } }) => {
        const [from, to] = [Number(cursor), Number(cursor) + PAGE]
        const items = owner.slice(from, to).map((pair) => ({ ...pair }))
        await between(from / PAGE)
        return { items, nextCursor: to < owner.length ? String(to) : null }
      })

    beforeAll(async () => {
      for (let i = 0; i < PAIRS; i++) {
        const pair = {
          followerId: media.person(),
          followedId: media.person(),
          active: i % 5 > 0,
          sequence: 1 + (i % 5 ? 0 : 1),
        }
        owner.push(pair)
        const { followerId, followedId } = pair
        await media.service.publish(profiles.followStarted.of({ followerId, followedId }), { sequence: 1 })
        if (!pair.active)
          await media.service.publish(profiles.followEnded.of({ followerId, followedId }), { sequence: 2 })
      }
      await media.service.untilIdle()
      listPairs()
    })

    it('a wrecked projection is right again', async () => {
      expect(await kept()).toEqual(truth())
      await projections().deleteOne({ _id: idOf(owner[1]!) })
      // somebody who no longer follows would see what is for followers
      await projections().updateOne({ _id: idOf(owner[5]!) }, { $set: { following: true, sequence: 7 } })
      await projections().insertOne({ _id: 'a:b', following: true, sequence: 1 })
      expect(await rebuilt(media.service, 'followers')).toMatchObject({
        state: 'done',
        added: 1,
        mended: 1,
        removed: 1,
      })
      expect(await kept()).toEqual(truth())
    })

    it('what happens meanwhile is kept, and who may see what is answered all the time', async () => {
      const [first, last] = [owner[1]!, owner[29]!]
      listPairs(async (page) => {
        if (page > 0) return
        Object.assign(first, { active: false, sequence: 2 })
        const { followerId, followedId } = first
        await media.service.publish(profiles.followEnded.of({ followerId, followedId }), { sequence: 2 })
        await media.service.untilIdle()
        expect([await relation(first), await relation(last)]).toEqual(['member', 'follower'])
      })
      expect(await rebuilt(media.service, 'followers')).toMatchObject({ state: 'done', added: 0, removed: 0 })
      expect(await kept()).toEqual(truth())
      expect(await relation(first)).toBe('member')
    })
  })

  describe('how often photos were viewed, from the compacted topic', () => {
    const total = (id: string, total: number, sequence: number) =>
      media.service.publish(
        analytics.viewTotalUpdated.of({ page: `/photos/${id}`, total, unique: 1, asOf: '2026-01-31T12:00:00Z' }),
        { sequence },
      )
    const viewsOf = async (id: string) => (await media.documents.findOne({ _id: id }))!['views']

    it('a wrecked projection is right again, beside a photo that is changed meanwhile', async () => {
      const photos = Array.from({ length: 6 }, () => aPhoto(media.person()))
      await media.documents.insertMany(photos)
      const [a, b, c, d, e, never] = photos.map(({ _id }) => _id) as [string, string, string, string, string, string]
      for (const [i, id] of [a, b, c, d].entries()) for (const n of [1, 2]) await total(id, 10 * n + i, n)
      await total(media.person(), 5, 1)
      await media.service.publish(
        analytics.viewTotalUpdated.of({ page: '/explore', total: 9, unique: 1, asOf: '2026-01-31T12:00:00Z' }),
        { sequence: 1 },
      )
      await media.service.publishRecords('analytics.view-total', [{ key: `/photos/${d}`, value: null }])
      await media.service.untilIdle()
      await media.documents.updateOne({ _id: a }, { $set: { views: { total: 1e6, sequence: 99 } } })
      await media.documents.updateOne({ _id: b }, { $unset: { views: '' } })
      await media.documents.updateOne({ _id: e }, { $set: { views: { total: 5, sequence: 1 } } })

      // d was erased by analytics, e was invented
      expect(await rebuilt(media.service, 'popularity')).toMatchObject({
        state: 'done',
        added: 0,
        mended: 2,
        removed: 2,
      })
      expect(await Promise.all([a, b, c, d, e, never].map(viewsOf))).toEqual([
        { total: 20, sequence: 2 },
        { total: 21, sequence: 2 },
        { total: 22, sequence: 2 },
        { total: 0, sequence: 0 },
        { total: 0, sequence: 0 },
        { total: 0, sequence: 0 },
      ])
      const [most] = (await media.service.get(PhotoRepository).explore('popular', { limit: 1 })).items
      expect(most).toMatchObject({ id: c, version: 1, views: { total: 22, sequence: 2 } })
    })
  })
})
