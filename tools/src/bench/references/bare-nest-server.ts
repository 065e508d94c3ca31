// The same with Nest around it, as its documentation starts it with Fastify.
import { connectMongo } from '@mpics/mongo'
import { Controller, Get, Module, NotFoundException, Param } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { settings } from '../roles/answer.js'
import { serve } from './serve.js'

const { uri } = settings<{ uri: string }>()
const profiles = (await connectMongo(uri)).db!.collection('profiles')
const projection = { _id: 1, handle: 1, fullName: 1, bio: 1, visibility: 1, createdAt: 1 }

@Controller()
class ReadProfile {
  @Get('/profiles/:handle')
  async read(@Param('handle') handle: string): Promise<object> {
    const profile = await profiles.findOne({ handleKey: handle }, { projection })
    if (!profile) throw new NotFoundException()
    return profile
  }
}

@Module({ controllers: [ReadProfile] })
class Service {}

const app = await NestFactory.create<NestFastifyApplication>(Service, new FastifyAdapter(), { logger: false })
await app.init()
await serve(app.getHttpAdapter().getInstance())
