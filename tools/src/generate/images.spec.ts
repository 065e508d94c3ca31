import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.js'

interface LockedPackage {
  dev?: true
  optional?: true
  devOptional?: true
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('the images', () => {
  it.each(['@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64', '@node-rs/argon2-linux-x64-gnu'])(
    'keep %s, native code that a service loads',
    (name) => {
      const omitted = [...read('deploy/docker/Dockerfile').matchAll(/--omit=(\w+)/g)].map(([, kind]) => kind)
      const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }
      const { dev, optional, devOptional } = packages[`node_modules/${name}`]!
      const kinds = [dev && 'dev', optional && 'optional', devOptional && 'dev', devOptional && 'optional']
      expect(kinds.filter((kind) => kind && omitted.includes(kind))).toEqual([])
    },
  )

  it('give media the memory that its configuration lets the darkroom have', () => {
    const [, limit] = /limits: { memory: (\d+)Mi }/.exec(read('deploy/k8s/base/media/deployment.yaml'))!
    const [, darkroom] = /MEDIA_DARKROOM_MEMORY_MB: count\((\d+),/.exec(read('apps/media/src/config.ts'))!
    const [, service] = /limits: { memory: (\d+)Mi }/.exec(read('deploy/k8s/base/identity/deployment.yaml'))!
    expect(Number(limit)).toBeGreaterThanOrEqual(Number(darkroom) + Number(service))
  })
})
