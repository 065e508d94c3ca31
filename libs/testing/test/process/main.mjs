// A service as it runs in production, from the built kit. It answers /v1/waits/{text} when its parent says so.
import { defineApi } from '@mpics/contracts'
import { changeAtLeastOnce, Connection, readOne } from '@mpics/mongo'
import { commonConfig, defineConfig, Endpoint, peerUrlsOf, ServiceKitModule, start } from '@mpics/service-kit'
import { Controller, Inject, Logger, Module } from '@nestjs/common'
import { z } from 'zod'

const wait = defineApi({
  name: 'wait',
  service: 'profiles',
  method: 'GET',
  path: '/v1/waits/{text}',
  summary: 'Answers later',
  access: 'anonymous',
  params: z.strictObject({ text: z.string() }),
  query: z.strictObject({ email: z.string().optional() }),
  answer: z.strictObject({ ok: z.boolean() }),
})

const failIfTold = (said) => {
  const dup = new Error(`E11000 dup key: { email: "${process.env.CANARY}" }`)
  setImmediate(() => {
    if (said === 'fail') throw Object.assign(dup, { document: process.env.CANARY })
  })
}

class WaitsController {
  logger = new Logger('Waits')

  constructor(connection) {
    this.connection = connection
  }

  async wait() {
    await readOne(this.connection.db, { collection: 'waits', filter: { text: process.env.CANARY } })
    const seen = { collection: 'waits', filter: { text: process.env.CANARY }, sort: { _id: 1 }, projection: { _id: 1 } }
    await changeAtLeastOnce(this.connection.db, { ...seen, change: [{ $set: { text: process.env.CANARY } }] })
    process.send('waiting')
    await new Promise((resolve) => process.once('message', resolve)).then(failIfTold)
    this.logger.warn({
      err: new Error(`E11000 dup key: { email: "${process.env.CANARY}" }`),
      password: process.env.CANARY,
    })
    this.logger.log(`mail to ${process.env.CANARY}@people.example with eyJhbGciOi.eyJzdWIiOi${process.env.CANARY}.c2ln`)
    return { ok: true }
  }
}
const { prototype } = WaitsController
Endpoint(wait)(prototype, 'wait', Object.getOwnPropertyDescriptor(prototype, 'wait'))
Controller()(WaitsController)
Inject(Connection)(WaitsController, undefined, 0)

class ProfilesConfig extends defineConfig({
  ...commonConfig,
  MEDIA_URL: peerUrlsOf('gateway').MEDIA_URL,
  PROFILES_SECRET: z.string().min(32).meta({ description: 'at least 32 random characters', secret: true }),
}) {}

class WaitsModule {}
const consumers = process.env.CONSUMERS === 'of the catalogue' ? undefined : []
Module({
  imports: [ServiceKitModule.forRoot(ProfilesConfig, { consumers })],
  controllers: [WaitsController],
})(WaitsModule)

await start(WaitsModule, ProfilesConfig)
