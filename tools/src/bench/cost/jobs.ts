import { GO } from '../../environment/artifacts/requirements.js'
import type { Job, Side } from './scene/job.js'
import { bareRead, nestRead } from './jobs/bare-read.js'
import {
  floorBatches,
  floorKnownPageViews,
  floorLogIns,
  floorPageViews,
  floorPhotoPages,
  floorProfiles,
  floorViews,
} from './jobs/floors.js'
import {
  listsFromService,
  listsThroughGateway,
  ownFromService,
  ownThroughGateway,
  listsThroughProxy,
  ownThroughProxy,
} from './jobs/gateway-hop.js'
import { bareArgon2, logInsFromKnownBrowsers, logInsFromNewBrowsers } from './jobs/log-in.js'
import { bareBatches, barePageViews, batchedPageViews, distinctPageViews, knownPageViews } from './jobs/page-view.js'
import { pocketBaseRead } from './jobs/pocketbase-read.js'
import { distinctPhotoPages } from './jobs/photo-page.js'
import { distinctProfiles, hotProfile, unchangedProfile } from './jobs/profile-read.js'
import { simplestRead } from './jobs/simplest-read.js'
import { distinctViews } from './jobs/views.js'
import type { Scene } from './scene/scene.js'

type Made = (scene: Scene) => Side | Promise<Side>

const job = (
  name: string,
  callers: number,
  goals: Job['goals'],
  ...[ours, reference, floor, floorReference]: [Made, Made, Made?, Made?]
): Job => ({
  name,
  callers,
  goals,
  sides: async (scene) => ({
    ours: await ours(scene),
    reference: await reference(scene),
    ...(floor && { floor: await floor(scene) }),
    ...(floorReference && { floorReference: await floorReference(scene) }),
  }),
})

/** A comparison of a password takes longer than all that is compiled around it. */
const slow = (made: Job): Job => ({ ...made, warmUp: 400 })

/** A token between services, as one caller presents it, lives for a minute. */
const alone = (made: Job): Job => ({ ...made, warmUp: 10_000 })

export const jobs: readonly Job[] = [
  job('profile read, distinct', 8, { cpu: 5 }, distinctProfiles, bareRead, floorProfiles),
  { ...job('profile read beside PocketBase', 8, {}, distinctProfiles, pocketBaseRead), needs: GO },
  job('profile read, hot', 8, { cpu: 1.5 }, hotProfile, bareRead),
  job('profile read, unchanged', 8, { cpu: 1 }, unchangedProfile, bareRead),
  job('photo page, distinct', 8, { cpu: 7 }, distinctPhotoPages, bareRead, floorPhotoPages),
  job('views, distinct', 8, { cpu: 2 }, distinctViews, bareRead, floorViews),
  job('page view', 16, { cpu: 1.6, rate: 0.8 }, distinctPageViews, barePageViews, floorPageViews),
  job('page view, known page', 16, { cpu: 1.6, rate: 0.8 }, knownPageViews, barePageViews, floorKnownPageViews),
  // no goal against bare programs: calls of twenty have one beside calls of one
  job('page view, batches of 20', 16, {}, batchedPageViews, bareBatches, floorBatches),
  job(
    'page view, batches against single calls',
    16,
    { rate: 10 },
    ...[batchedPageViews, knownPageViews, floorBatches, floorKnownPageViews],
  ),
  slow(job('log-in', 4, { cpu: 1.35 }, logInsFromKnownBrowsers, bareArgon2, floorLogIns)),
  slow(job('log-in, new browser', 4, {}, logInsFromNewBrowsers, bareArgon2)),
  alone(job('gateway against the service', 1, { p50: 1.5 }, listsThroughGateway, listsFromService, listsThroughProxy)),
  alone(
    job(
      'gateway against the service, one command',
      1,
      { p50: 1.5 },
      ownThroughGateway,
      ownFromService,
      ownThroughProxy,
    ),
  ),
  job('gateway against a bare proxy', 8, { cpu: 2 }, listsThroughGateway, listsThroughProxy),
  job('simplest read of a service', 8, { cpu: 1.6 }, simplestRead, bareRead),
  job('simplest read against Nest', 8, {}, simplestRead, nestRead),
]
