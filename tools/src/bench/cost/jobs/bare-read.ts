import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

async function read(name: string, server: string, { system, handles, bare, mongod }: Scene): Promise<Side> {
  const { url, pid } = await bare(server, { uri: system.services.profiles.env['MONGODB_URI'] })
  return {
    name,
    pids: { 'the program': pid, ...mongod },
    call: caller(url, 200, (n) => ({ path: `/profiles/${nth(handles, n)}` })),
  }
}

export const bareRead = (scene: Scene) => read('F: Fastify, driver, one findOne', 'bare-read', scene)
export const nestRead = (scene: Scene) => read('the same with Nest', 'bare-nest', scene)
