import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

export const distinctViews = ({ system, photoIds, pids }: Scene): Side => ({
  name: 'views of distinct photos',
  pids,
  call: caller(system.gatewayUrl, 200, (n) => ({ path: `/v1/views?page=/photos/${nth(photoIds, n)}` })),
})
