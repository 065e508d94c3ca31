import { commonConfig, defineConfig, peerUrlsOf } from '@mpics/service-kit'

export class ProfilesConfig extends defineConfig({ ...commonConfig, ...peerUrlsOf('profiles') }) {}
