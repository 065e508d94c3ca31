import { ConfigError } from '@mpics/service-kit'
import { MediaConfig } from './config.js'

const complaints = (environment: Record<string, string>): readonly string[] => {
  try {
    new MediaConfig(environment)
    return []
  } catch (error) {
    return (error as ConfigError).sentences
  }
}

describe('the configuration', () => {
  it.each(['MEDIA_S3_ENDPOINT', 'EXPORTS_S3_ENDPOINT'])(
    'refuses an object store in %s that no client would be made for',
    (name) => {
      for (const endpoint of ['http://[::1]:9000', 'https://-s3.example', 's3.example', 'ftp://s3.example'])
        expect(complaints({ [name]: endpoint })).toContainEqual(
          expect.stringContaining(`${name} cannot be used: expected an address such as https://s3.example.org`),
        )
      expect(complaints({ [name]: 'http://minio:9000' }).filter((one) => one.startsWith(`${name} `))).toEqual([])
    },
  )
})
