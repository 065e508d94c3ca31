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
import { fromService, throughBareProxy, throughGateway } from './jobs/gateway-hop.js'
import { bareArgon2, logInsFromKnownBrowsers, logInsFromNewBrowsers } from './jobs/log-in.js'
import { bareBatches, barePageViews, batchedPageViews, distinctPageViews, knownPageViews } from './jobs/page-view.js'
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
  ...[ours, reference, floor]: [Made, Made, Made?]
): Job => ({
  name,
  callers,
  goals,
  sides: async (scene) => ({
    ours: await ours(scene),
    reference: await reference(scene),
    ...(floor && { floor: await floor(scene) }),
  }),
})

/** A comparison of a password takes longer than all that is compiled around it. */
const slow = (made: Job): Job => ({ ...made, warmUp: 400 })

/** Services serve one call for several operations that share it, and so come to be compiled later. */
const shared = (made: Job): Job => ({ ...made, warmUp: 30_000 })

export const jobs: readonly Job[] = [
  job('profile read, distinct', 8, { cpu: 5 }, distinctProfiles, bareRead, floorProfiles),
  job('profile read, hot', 8, { cpu: 1.5 }, hotProfile, bareRead),
  job('profile read, unchanged', 8, { cpu: 1 }, unchangedProfile, bareRead),
  shared(job('photo page, distinct', 8, { cpu: 7 }, distinctPhotoPages, bareRead, floorPhotoPages)),
  shared(job('views, distinct', 8, { cpu: 2 }, distinctViews, bareRead, floorViews)),
  shared(job('page view', 16, { cpu: 1.6, rate: 0.8 }, distinctPageViews, barePageViews, floorPageViews)),
  shared(job('page view, known page', 16, { cpu: 1.6, rate: 0.8 }, knownPageViews, barePageViews, floorKnownPageViews)),
  job('page view, batches of 20', 16, { cpu: 1.6, rate: 0.8 }, batchedPageViews, bareBatches, floorBatches),
  job('page view, batches against single calls', 16, { rate: 10 }, batchedPageViews, knownPageViews, floorBatches),
  slow(job('log-in', 4, { cpu: 1.35 }, logInsFromKnownBrowsers, bareArgon2, floorLogIns)),
  slow(job('log-in, new browser', 4, {}, logInsFromNewBrowsers, bareArgon2)),
  job('gateway against the service', 1, { p50: 1.5 }, throughGateway, fromService),
  job('gateway against a bare proxy', 8, { cpu: 2 }, throughGateway, throughBareProxy),
  job('simplest read of a service', 8, { cpu: 1.6 }, simplestRead, bareRead),
  job('simplest read against Nest', 8, {}, simplestRead, nestRead),
]
