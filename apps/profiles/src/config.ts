import { commonConfig, defineConfig, peerUrls } from '@mpics/service-kit'

export class ProfilesConfig extends defineConfig({ ...commonConfig, IDENTITY_URL: peerUrls.IDENTITY_URL }) {}
