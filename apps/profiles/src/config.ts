import { exportsConfig } from '@mpics/rights'
import { commonConfig, defineConfig, peerUrlsOf } from '@mpics/service-kit'

export class ProfilesConfig extends defineConfig({ ...commonConfig, ...exportsConfig, ...peerUrlsOf('profiles') }) {}
