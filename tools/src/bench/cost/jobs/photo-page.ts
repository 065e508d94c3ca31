import { addressOf, caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'
import { untilCounted } from './page-view.js'

export const distinctPhotoPages = ({ system, photoIds, pids }: Scene): Side => ({
  name: 'distinct photo pages, a visitor',
  pids,
  ...untilCounted(system),
  call: caller(system.gatewayUrl, 200, (n) => ({
    path: `/photos/${nth(photoIds, n)}`,
    // who loads page after page from one network and nothing beside them is no visitor
    headers: { accept: 'text/html', 'x-forwarded-for': addressOf(n) },
  })),
})
