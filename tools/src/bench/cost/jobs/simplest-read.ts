import { profiles } from '@mpics/contracts'
import { internalToken } from '../../services/internal-token.js'
import { caller, nth } from '../scene/calls.js'
import type { Side } from '../scene/job.js'
import type { Scene } from '../scene/scene.js'

export function simplestRead({ system, folder, handles, pids, mongod }: Scene): Side {
  let token = ''
  return {
    name: 'profiles: who has this handle',
    prepare: async () => (token = await internalToken(folder, 'profiles')),
    pids: { profiles: pids['profiles'], ...mongod },
    call: caller(`http://127.0.0.1:${system.ports.profiles.http}`, 200, (n) => ({
      path: profiles.resolveHandle.path.replace('{handle}', nth(handles, n)),
      headers: { authorization: `Bearer ${token}` },
    })),
  }
}
